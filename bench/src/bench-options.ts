import { parseArgs } from 'node:util';
import { helpFromComment } from '@framegate/service-kit';
import type { BenchOption, ValueOf } from './option-kinds.ts';
import { kindOf } from './option-kinds.ts';

type BenchOptions = Readonly<Record<string, BenchOption>>;
type BenchValues<T extends BenchOptions> = {
  readonly [Name in keyof T]: ValueOf<T[Name]> | (T[Name] extends { default: unknown } ? never : undefined);
};
type Parsed<Values> = { readonly values: Values } | { readonly mistakes: readonly string[] };

/**
 * The options of a bench. `--help` prints the comment at the head of its file, which says what it measures and how;
 * each wrong option is told in a line. Both end the program: with 0, and with 2.
 */
export function benchOptions<const T extends BenchOptions>(options: T): BenchValues<T> {
  helpFromComment();
  const parsed = parseBenchOptions(options, process.argv.slice(2));
  if ('values' in parsed) return parsed.values;
  process.stderr.write(`${parsed.mistakes.join('\n')}\n`);
  process.exit(2);
}

/** @returns a line for each mistake, where there is one */
export function parseBenchOptions<const T extends BenchOptions>(
  options: T,
  args: readonly string[],
): Parsed<BenchValues<T>>;
export function parseBenchOptions(
  options: BenchOptions,
  args: readonly string[],
): Parsed<Record<string, unknown>> {
  const known = new Map(Object.entries(options));
  const values = Object.fromEntries<unknown>([...known].map(([name, option]) => [name, option.default]));
  const mistakes: string[] = [];
  for (const token of tokensOf(options, args)) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      mistakes.push(`'${token.value}' belongs to no option`);
      continue;
    }
    const option = known.get(token.name);
    if (!option) {
      mistakes.push(
        `${token.rawName} is no option here, expected some of --${[...known.keys()].join(', --')}`,
      );
      continue;
    }
    // In `--file --json` the file was forgotten.
    const text = !token.inlineValue && /^-\D/.test(token.value ?? '') ? undefined : token.value;
    const { expected, read } = kindOf(option);
    const value = read(text);
    const is = text === undefined ? 'has no value' : `is '${text}'`;
    if (value === undefined) mistakes.push(`${token.rawName} ${is}, expected ${expected}`);
    else values[token.name] = value;
  }
  return mistakes.length > 0 ? { mistakes } : { values };
}

function tokensOf(options: BenchOptions, args: readonly string[]) {
  const taking = Object.entries(options).map(
    ([name, { type }]) => [name, { type: type === 'boolean' ? 'boolean' : 'string' } as const] as const,
  );
  // Where it is strict, it stops at the first mistake.
  return parseArgs({ args: [...args], options: Object.fromEntries(taking), strict: false, tokens: true })
    .tokens;
}
