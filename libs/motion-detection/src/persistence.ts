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
const MAX_AGE = 255;

export function createPersistence(cellCount: number): Persistence {
  const previous = new Uint8Array(cellCount);
  let dirty = false;
  /** Cells by age; all zero between calls. */
  const votes = new Uint32Array(MAX_AGE + 1);

  /** Counts the cells of each age. Returns the oldest. */
  function vote(from: number, end: number, members: Int32Array): number {
    let oldest = 0;
    for (let index = from; index < end; index++) {
      const age = previous[members[index]!]!;
      votes[age]!++;
      if (age > oldest) oldest = age;
    }
    return oldest;
  }

  return {
    ageOf({ from, cells }, members) {
      const oldest = vote(from, from + cells, members);
      const overlap = cells - votes[0]!;
      // The oldest age that a fair part of the overlap agrees on.
      let age = oldest;
      for (let support = votes[age]!; age > 0 && support < 0.5 * overlap; support += votes[age]!) age--;
      votes.fill(0, 0, oldest + 1);
      return overlap < OVERLAP * cells ? 1 : Math.min(MAX_AGE, age + 1);
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
