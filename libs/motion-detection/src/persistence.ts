import type { Component, Labelling } from './labelling.ts';

/**
 * For how many frames each component has been there. A person or a car overlaps its own place in the frame
 * before; a drop of rain, a flake, an insect close to the lens is somewhere else.
 */
export interface Persistence {
  /** Frames in a row, this one included, 1..255. */
  ageOf(component: Component, members: Int32Array): number;
  /** Remembers this frame's components with `ages[index]` for the next. */
  remember(labelling: Labelling, ages: Uint8Array): void;
  forget(): void;
}

/** Share of a component that must lie where one was. */
const OVERLAP = 0.22;

export function createPersistence(cellCount: number): Persistence {
  const previous = new Uint8Array(cellCount);
  let dirty = false;
  const votes = new Uint32Array(256);

  return {
    ageOf({ from, cells }, members) {
      votes.fill(0);
      let overlap = 0;
      for (let index = from; index < from + cells; index++) {
        const age = previous[members[index]!]!;
        if (age === 0) continue;
        votes[age]!++;
        overlap++;
      }
      if (overlap < OVERLAP * cells) return 1;
      // The oldest age that a fair part of the overlap agrees on.
      let support = 0;
      for (let age = 255; age > 0; age--) {
        support += votes[age]!;
        if (support >= 0.5 * overlap) return Math.min(255, age + 1);
      }
      return 1;
    },
    remember({ count, components, members }, ages) {
      if (dirty) previous.fill(0);
      dirty = count > 0;
      for (let index = 0; index < count; index++) {
        const { from, cells } = components[index]!;
        for (let member = from; member < from + cells; member++) previous[members[member]!] = ages[index]!;
      }
    },
    forget() {
      previous.fill(0);
      dirty = false;
    },
  };
}
