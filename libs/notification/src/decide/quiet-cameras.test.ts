import { describe, expect, it } from 'vitest';
import type { StoredRule } from '../rule.ts';
import { createDecider } from './decide.ts';
import type { QuietCameras } from './quiet-cameras.ts';

const second = (seconds: number): number => 1_767_225_600e6 + seconds * 1e6;
const gate = 'north/gate';
const rule: StoredRule = {
  id: 's1',
  silencedUntilUs: 0,
  rule: {
    name: 'Silent',
    enabled: true,
    cameras: [],
    channels: ['hook'],
    schedule: null,
    coolDownSeconds: 0,
    kind: 'silence',
    silentSeconds: 30,
  },
};

/** Consoles that agree each second, from when each of them begins. */
function consolesThatBegin(...starts: readonly number[]) {
  const deciders = starts.map((start) => createDecider(second(start)));
  let kept: QuietCameras = {};
  return {
    deciders,
    kept: () => kept,
    /** @returns ids that were told until then, by whom of them */
    live(from: number, until: number, who: readonly number[] = deciders.keys().toArray()): string[][] {
      const told = deciders.map((): string[] => []);
      for (let now = from; now < until; now++) {
        for (const index of who) {
          const decider = deciders[index];
          if (!decider || now < (starts[index] ?? 0)) continue;
          decider.silence.known([gate], second(now));
          kept = decider.silence.agree(kept, second(now));
          told[index]?.push(...decider.second([rule], second(now)).map(({ id }) => id));
        }
      }
      return told;
    },
  };
}

describe('a silence that several consoles know', () => {
  it('has one name, whichever of them began before or while the camera fell silent', () => {
    const { deciders, live } = consolesThatBegin(0, 2, 20);
    deciders[0]?.silence.known([gate], second(0));
    deciders[0]?.silence.heard(gate, second(0), 7);
    const told = live(0, 60);
    const names = new Set(told.flat());
    expect(names.size).toBe(1);
    expect([...names][0]).toContain('s1.north.gate.');
  });

  it('has one name where none of them ever heard the camera', () => {
    const { live } = consolesThatBegin(0, 3);
    expect(new Set(live(0, 90).flat()).size).toBe(1);
  });

  it('is not told again by one that begins after it was told, however late', () => {
    const { live } = consolesThatBegin(0, 100_000);
    expect(live(0, 60, [0])[0]).toHaveLength(1);
    expect(live(100_000, 100_060, [1])[1]).toEqual([]);
  });

  it('is told by one that begins after all others ended in it, as soon as that has listened', () => {
    const { deciders, live } = consolesThatBegin(0, 600);
    deciders[0]?.silence.heard(gate, second(0), 7);
    expect(live(0, 8, [0]).flat()).toEqual([]);
    expect(live(600, 612, [1])[1]).toEqual(['s1.north.gate.7']);
  });

  it('is over for all when one hears the camera, and the next one is told by its own name', () => {
    const { deciders, live, kept } = consolesThatBegin(0, 0);
    for (const { silence } of deciders) silence.heard(gate, second(0), 7);
    live(0, 40);
    expect(Object.keys(kept())).toEqual([gate]);
    for (const [index, { silence }] of deciders.entries()) silence.heard(gate, second(40 + index / 2), 8);
    live(41, 44);
    expect(kept()).toEqual({});
    expect(new Set(live(44, 80).flat())).toEqual(new Set(['s1.north.gate.8']));
  });
});
