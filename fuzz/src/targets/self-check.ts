import { randomOf } from '../random.ts';
import type { Target } from '../target.ts';

/** The seed by which its inputs come in order. */
export const selfCheckSeed = 1;
const order = [0, 1, 2, 3, 4].map((index) => randomOf(selfCheckSeed, index)());

/** Breaks at its second input and hangs at its fourth: by this the tests see that both are found. */
export const selfCheck: Target = {
  name: 'self-check',
  share: 0,
  boundMs: 500,
  async open() {
    return {
      make: (random) => [Uint8Array.of(order.indexOf(random()))],
      async run([input]) {
        if (input?.[0] === 1) throw new Error('input 1 is too much');
        while (input?.[0] === 3);
        return 'taken';
      },
      async close() {},
    };
  },
};
