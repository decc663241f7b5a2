/** A mistake at a place of the parsed document. */
export interface PathMistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const reference = /\$\{([^}]*)\}?/g;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Replaces each `${NAME}` in the strings of a parsed document by that variable of the environment. Values are put in
 * after parsing, so they can't change the document's structure; within a URL's credentials they are percent-encoded,
 * so a password may hold any character.
 */
export function replaceVariables(
  value: unknown,
  env: Environment,
  path: readonly PropertyKey[] = [],
): { value: unknown; mistakes: readonly PathMistake[] } {
  if (typeof value === 'string') return replaceIn(value, env, path);
  if (typeof value !== 'object' || value === null) return { value, mistakes: [] };
  const entries = Object.entries(value).map(([key, inner]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    return { key, ...replaceVariables(inner, env, [...path, step]) };
  });
  const mistakes = entries.flatMap((entry) => entry.mistakes);
  if (Array.isArray(value)) return { value: entries.map((entry) => entry.value), mistakes };
  return { value: Object.fromEntries(entries.map((entry) => [entry.key, entry.value])), mistakes };
}

function replaceIn(text: string, env: Environment, path: readonly PropertyKey[]) {
  const mistakes: PathMistake[] = [];
  const value = text.replace(reference, (whole, name: string, offset: number) => {
    if (!variableName.test(name) || !whole.endsWith('}')) {
      mistakes.push({ path, message: `${whole} names no environment variable: write \${NAME}` });
      return '';
    }
    const found = env[name];
    if (found === undefined || found === '') {
      mistakes.push({
        path,
        message: `environment variable ${name} is ${found === '' ? 'empty' : 'not set'}: set it`,
      });
      return '';
    }
    return isCredential(text, offset) ? encodeURIComponent(found) : found;
  });
  return { value, mistakes };
}

/** Whether this place is between the `://` and the last `@` of a URL. */
function isCredential(text: string, offset: number): boolean {
  const authority = text.indexOf('://');
  return authority >= 0 && authority < offset && text.lastIndexOf('@') > offset;
}
