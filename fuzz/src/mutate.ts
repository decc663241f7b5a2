/** Changes to valid inputs: structure stays where it makes an input go deeper, and breaks where parsers assume it. */
export type Random = () => number;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const oddNumbers = [0, -0, -1, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 1e-320, 0.1, 255, 65_536];
const oddTexts = [
  '', ' ', '0', '-1', 'NaN', 'Infinity', '1e999', '__proto__', 'constructor', '../../etc/passwd', 'north/door/x',
  '\0', '\u{1f600}', '\ud800', '%00%ff', '${HOME}', '[]', '{}', 'null', 'true', '9'.repeat(400), 'a'.repeat(20_000),
  '1'.repeat(60), '0x10', '1_000', '٣', "'", '"', '*a', '&a [*a]', '- - - -', '!!js/function x',
]; // prettier-ignore

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('there is nothing to pick from');
  return chosen;
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** One to four changes of bytes: flipped, cut, doubled, inserted. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let changed = Buffer.from(bytes);
  for (let changes = 1 + below(random, 4); changes > 0; changes--) {
    const at = below(random, changed.length + 1);
    const length = below(random, Math.min(64, changed.length - at) + 1);
    const kind = below(random, 6);
    if (kind <= 1 && at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
    else if (kind === 2) changed = changed.subarray(0, at);
    else if (kind === 3)
      changed = Buffer.concat([
        changed.subarray(0, at),
        changed.subarray(at, at + length),
        changed.subarray(at),
      ]);
    else if (kind === 4) changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + length)]);
    else if (at + 4 <= changed.length)
      changed.writeUInt32BE(pick(random, [0, 1, 0xffffffff, 0x7fffffff, 0xff00]), at);
  }
  return changed;
}

/** Text with odd words put in, lines doubled, taken out or cut. */
export function mutateText(random: Random, text: string): string {
  const lines = text.split('\n');
  for (let changes = 1 + below(random, 3); changes > 0; changes--) {
    const at = below(random, lines.length);
    const line = lines[at] ?? '';
    const kind = below(random, 6);
    const cut = below(random, line.length + 1);
    if (kind === 0) lines[at] = line.slice(0, cut) + pick(random, oddTexts) + line.slice(cut);
    else if (kind === 1) lines.splice(at, 0, pick(random, lines));
    else if (kind === 2 && lines.length > 1) lines.splice(at, 1);
    else if (kind === 3) lines[at] = line.slice(0, cut);
    else if (kind === 4)
      lines[at] = line.replace(/(:\s*)[^#\n]*/, (_, colon: string) => colon + pick(random, oddTexts));
    else lines[at] = ' '.repeat(below(random, 5)) + line;
  }
  return lines.join('\n');
}

export function oddText(random: Random): string {
  return pick(random, oddTexts);
}

/** A value with one to three of its places changed: another type, an odd value, gone, doubled, nested. */
export function mutateJson(random: Random, value: Json): Json {
  let changed = value;
  // Copies of copies of copies would be longer than a string may be, so only the first change is wide.
  let mostCopies = 300;
  for (let changes = 1 + below(random, 3); changes > 0; changes--) {
    changed = mutateOnce(random, changed, { depth: 0, mostCopies });
    mostCopies = 3;
  }
  return changed;
}

interface Bounds {
  readonly depth: number;
  readonly mostCopies: number;
}

function mutateOnce(random: Random, value: Json, bounds: Bounds): Json {
  const inner = { ...bounds, depth: bounds.depth + 1 };
  const isInner = typeof value === 'object' && value !== null;
  if (!isInner || random() < 0.12) return odd(random, value, bounds);
  if (Array.isArray(value)) {
    const at = below(random, value.length + 1);
    if (value.length === 0 || random() < 0.15)
      return value.toSpliced(at, 0, odd(random, value[0] ?? null, bounds));
    return random() < 0.1
      ? value.toSpliced(at, 1)
      : value.with(
          Math.min(at, value.length - 1),
          mutateOnce(random, value[Math.min(at, value.length - 1)] ?? null, inner),
        );
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || random() < 0.05)
    return Object.fromEntries([...entries, [oddText(random), odd(random, null, bounds)]]);
  const at = below(random, entries.length);
  if (random() < 0.1) return Object.fromEntries(entries.toSpliced(at, 1));
  return Object.fromEntries(
    entries.map(([key, held], i) => [key, i === at ? mutateOnce(random, held, inner) : held]),
  );
}

function odd(random: Random, value: Json, { depth, mostCopies }: Bounds): Json {
  switch (below(random, 7)) {
    case 0:
      return pick(random, oddNumbers);
    case 1:
      return pick(random, oddTexts);
    case 2:
      return pick(random, [null, true, false, [], {}]);
    case 3:
      return depth < 4 ? [value, value] : value;
    case 4:
      return typeof value === 'number'
        ? -value
        : typeof value === 'string'
          ? value + oddText(random)
          : [value];
    case 5:
      return Array.from({ length: below(random, mostCopies) }, () => value);
    default:
      return { [oddText(random)]: value };
  }
}
