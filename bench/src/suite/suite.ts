import { join } from 'node:path';

/** Where reports lie unless told otherwise. */
export const resultsFolder: string = join(import.meta.dirname, '../../results');

interface Sizes {
  readonly quick: readonly string[];
  readonly full: readonly string[];
}

/** The benches of the page, in its order, with what each is given for a look and for published tables. */
export const suite: ReadonlyMap<string, Sizes> = new Map<string, Sizes>([
  ['bandwidth', { quick: ['--seconds', '60'], full: ['--seconds', '300'] }],
  ['inference', { quick: ['--frames', '20', '--rounds', '5'], full: ['--frames', '200', '--rounds', '9'] }],
  [
    'bus',
    {
      quick: ['--sizes', '100000', '--rates', '50', '--seconds', '5', '--rounds', '5'],
      full: ['--seconds', '20', '--rounds', '9'],
    },
  ],
]);
