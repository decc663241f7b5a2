import { join } from 'node:path';

/** Where reports lie unless told otherwise. */
export const resultsFolder: string = join(import.meta.dirname, '../../results');

interface Sizes {
  readonly quick: readonly string[];
  readonly full: readonly string[];
  /** Takes `--results FOLDER`, where the reports of those before it lie. */
  readonly readsOthers?: true;
}

/** The benches of the page, in its order, with what each is given for a look and for published tables. */
export const suite: ReadonlyMap<string, Sizes> = new Map<string, Sizes>([
  [
    'edge',
    {
      quick: ['--cameras', '8', '--seconds', '4', '--rounds', '5'],
      full: ['--cameras', '50', '--seconds', '20', '--rounds', '9'],
    },
  ],
  ['bandwidth', { quick: ['--seconds', '60'], full: ['--seconds', '300'] }],
  ['inference', { quick: ['--frames', '20', '--rounds', '5'], full: ['--frames', '200', '--rounds', '9'] }],
  [
    'overload',
    {
      quick: ['--loads', '4,10', '--seconds', '4', '--rounds', '5', '--bytes', '20000'],
      full: ['--seconds', '30', '--rounds', '5'],
    },
  ],
  [
    'bus',
    {
      quick: ['--sizes', '100000', '--rates', '50', '--seconds', '4', '--rounds', '5'],
      full: ['--seconds', '20', '--rounds', '9'],
    },
  ],
  [
    'control',
    {
      quick: ['--scenarios', 'uplink-steps,outage,inference-slow,small-*', '--seeds', '201-202'],
      full: ['--seeds', '201-220'],
    },
  ],
  ['end-to-end', { quick: ['--seconds', '8', '--most', '32', '--rounds', '2'], full: ['--seconds', '60'] }],
  [
    'cloud-only',
    {
      quick: ['--links', '1', '--cameras', '3', '--seconds', '8', '--rounds', '2'],
      full: ['--cameras', '3', '--seconds', '20', '--rounds', '5'],
    },
  ],
  [
    'scale',
    {
      quick: ['--seconds', '2', '--rounds', '5'],
      full: ['--seconds', '10', '--rounds', '9'],
      readsOthers: true,
    },
  ],
  [
    'load-cost',
    {
      quick: ['--sizes', '100000', '--seconds', '4', '--rounds', '5'],
      full: ['--seconds', '20', '--rounds', '9'],
    },
  ],
  ['start', { quick: ['--rounds', '5'], full: ['--rounds', '9'] }],
]);
