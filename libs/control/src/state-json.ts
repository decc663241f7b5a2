/**
 * A controller's state as text and back. JSON knows no NaN and no infinity, and what was not measured must not come
 * back as null, which counts as zero.
 */
export function stateToJson(state: unknown): string {
  return JSON.stringify(state, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { [mark]: String(value) } : value,
  );
}

/** @throws SyntaxError for text that is no JSON */
export function stateFromJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && mark in value ? Number(value[mark]) : value,
  );
}

const mark = '$number';
