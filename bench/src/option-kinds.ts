import { matchesPattern } from '@framegate/control';

interface Bounds {
  readonly whole?: boolean;
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What a bench says of an option. Lists (`numbers`, `ranges`, `names`) have commas between their items. */
export type BenchOption =
  | { readonly type: 'boolean'; readonly default?: boolean }
  | { readonly type: 'string'; readonly default?: string }
  | ({ readonly type: 'number'; readonly default?: number } & Bounds)
  | ({ readonly type: 'numbers'; readonly default?: readonly number[] } & Bounds)
  | { readonly type: 'ranges'; readonly default?: readonly number[] }
  | { readonly type: 'name'; readonly oneOf: readonly string[]; readonly default?: string }
  | { readonly type: 'names'; readonly oneOf: readonly string[]; readonly default?: readonly string[] }
  | { readonly type: 'size'; readonly default?: PictureSize };

interface Values<Name> {
  readonly boolean: boolean;
  readonly string: string;
  readonly number: number;
  readonly numbers: readonly number[];
  readonly ranges: readonly number[];
  readonly name: Name;
  readonly names: readonly Name[];
  readonly size: PictureSize;
}
type NameOf<Option> = Option extends { readonly oneOf: readonly (infer Name)[] } ? Name : never;
/** What an option comes to where it is given. */
export type ValueOf<Option extends BenchOption> = Values<NameOf<Option>>[Option['type']];

interface Kind {
  /** As a mistake tells it, behind "expected". */
  readonly expected: string;
  /** @returns undefined for what is not expected, be it that no text was given */
  readonly read: (text: string | undefined) => ValueOf<BenchOption> | undefined;
}

/** Sides of the pictures that scenes can draw. */
const side = { least: 64, most: 8192 };
const longestRange = 1000;

export function kindOf(option: BenchOption): Kind {
  switch (option.type) {
    case 'boolean':
      return { expected: 'no value', read: (text) => (text === undefined ? true : undefined) };
    case 'string':
      return { expected: 'a text', read: (text) => text };
    case 'number':
      return { expected: numberText('a', 'number', option), read: (text) => numberOf(text, option) };
    case 'numbers':
      return {
        expected: `${numberText('', 'numbers', option)}, with commas between`,
        read: (text) => listOf(text, (item) => numberOf(item, option)),
      };
    case 'ranges':
      return {
        expected: `whole numbers and rising ranges of up to ${longestRange} as 1-3,7`,
        read: (text) => unique(listOf(text, rangeOf)),
      };
    case 'name':
      return { expected: `one of ${option.oneOf.join(', ')}`, read: (text) => nameOf(text, option) };
    case 'names':
      return {
        expected: `some of ${option.oneOf.join(', ')}, with commas between and * for any part`,
        read: (text) => unique(listOf(text, (item) => namesOf(item, option))),
      };
    case 'size':
      return {
        expected: `WIDTHxHEIGHT as 1280x720, even and from ${side.least} up to ${side.most}`,
        read: sizeOf,
      };
  }
}

function numberText(article: string, noun: string, { whole, from, above, to }: Bounds): string {
  return [
    article,
    whole ? 'whole' : '',
    noun,
    from === undefined ? '' : `from ${from}`,
    above === undefined ? '' : `above ${above}`,
    to === undefined ? '' : `up to ${to}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function numberOf(
  text: string | undefined,
  { whole = false, from = -Infinity, above = -Infinity, to = Infinity }: Bounds,
): number | undefined {
  const value = text?.trim() ? Number(text) : Number.NaN;
  const isKind = whole ? Number.isSafeInteger(value) : Number.isFinite(value);
  return isKind && value >= from && value > above && value <= to ? value : undefined;
}

function nameOf(
  text: string | undefined,
  { oneOf }: { readonly oneOf: readonly string[] },
): string | undefined {
  return oneOf.find((name) => name === text);
}

/** What a pattern names; undefined for nothing. */
function namesOf(
  pattern: string,
  { oneOf }: { readonly oneOf: readonly string[] },
): readonly string[] | undefined {
  const names = oneOf.filter((name) => matchesPattern(pattern, name));
  return names.length > 0 ? names : undefined;
}

function rangeOf(text: string): readonly number[] | undefined {
  const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  const [from, length] = [Number(first), Number(last) - Number(first) + 1];
  return length >= 1 && length <= longestRange
    ? Array.from({ length }, (_, index) => from + index)
    : undefined;
}

function sizeOf(text: string | undefined): PictureSize | undefined {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text ?? '') ?? [];
  const size = { width: Number(width), height: Number(height) };
  const isDrawn = Object.values(size).every(
    (pixels) => pixels % 2 === 0 && pixels >= side.least && pixels <= side.most,
  );
  return isDrawn ? size : undefined;
}

function unique<Item>(lists: readonly (readonly Item[])[] | undefined): readonly Item[] | undefined {
  return lists && [...new Set(lists.flat())];
}

function listOf<Item>(
  text: string | undefined,
  read: (item: string) => Item | undefined,
): readonly Item[] | undefined {
  const items = text?.split(',').map(read);
  return items?.every((item) => item !== undefined) ? items : undefined;
}
