const statement = /^\s*(?:import|export)\s+(?:type\s+)?[\w$*{},\s]+?\s+from\s+['"]([^'"]+)['"]/gm;
const sideEffect = /^\s*import\s+['"]([^'"]+)['"]/gm;
const dynamic = /\b(?:import|require|vi\.mock)\(\s*['"]([^'"]+)['"]/g;

/** Every module that a TypeScript source names: static, type-only and dynamic imports, and re-exports. */
export function importsOf(source: string): string[] {
  const found = [statement, sideEffect, dynamic].flatMap((pattern) => [...source.matchAll(pattern)]);
  return found.flatMap((match) => match[1] ?? []);
}

/** `@scope/name/sub/path` → `@scope/name`; undefined for a relative path or one of Node's own modules. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
