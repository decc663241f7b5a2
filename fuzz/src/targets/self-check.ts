import type { Target } from '../target.ts';

/** Breaks at its second input and hangs at its fourth: by this the tests see that both are found. */
export const selfCheck: Target = {
  name: 'self-check',
  share: 0,
  boundMs: 500,
  async open() {
    let made = 0;
    return {
      make: () => [Uint8Array.of(made++)],
      async run([input]) {
        if (input?.[0] === 1) throw new Error('input 1 is too much');
        while (input?.[0] === 3);
        return 'taken';
      },
      async close() {},
    };
  },
};
