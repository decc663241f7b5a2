import type { Grid } from './grid.ts';

export const QUIET = 0;
/** Exceeds the threshold: joins a region. */
export const WEAK = 1;
/** Exceeds it clearly: begins a region. */
export const STRONG = 2;

/** A connected set of cells with at least one STRONG one. Bounds are cells, inclusive. */
export interface Component {
  left: number;
  top: number;
  right: number;
  bottom: number;
  cells: number;
  /** Where its cells begin in `Labelling.members`. */
  from: number;
}

/** Components of one frame; the first `count` of `components` are valid. */
export interface Labelling {
  count: number;
  components: readonly Component[];
  /** Cell indices, component after component. */
  members: Int32Array;
}

export interface Labeller {
  /**
   * `active` lists, in rising order, the `activeCount` cells that are not QUIET. Consumes `levels`: a
   * labelled cell becomes QUIET. The result is valid until the next call.
   */
  label(levels: Uint8Array, active: Int32Array, activeCount: number): Labelling;
}

/** Beyond this many components a frame is chaos, and only the first ones are looked at. */
export const MAX_COMPONENTS = 512;

/** Connected components with hysteresis (Canny, 1986): grown from STRONG cells through WEAK ones, 8-connected. */
export function createLabeller({ columns, rows }: Grid): Labeller {
  const components = Array.from({ length: MAX_COMPONENTS }, emptyComponent);
  const members = new Int32Array(columns * rows);
  const labelling: Labelling = { count: 0, components, members };

  /** Breadth first: `members` is both the queue and the result. */
  function grow(seed: number, from: number, levels: Uint8Array, component: Component): number {
    let end = from;
    members[end++] = seed;
    levels[seed] = QUIET;
    component.from = from;
    component.left = component.top = 1 << 20;
    component.right = component.bottom = -1;
    for (let next = from; next < end; next++) {
      const cell = members[next]!;
      const row = (cell / columns) | 0;
      const column = cell - row * columns;
      if (column < component.left) component.left = column;
      if (column > component.right) component.right = column;
      if (row < component.top) component.top = row;
      if (row > component.bottom) component.bottom = row;
      const lastRow = Math.min(rows - 1, row + 1);
      const lastColumn = Math.min(columns - 1, column + 1);
      for (let y = Math.max(0, row - 1); y <= lastRow; y++)
        for (let x = Math.max(0, column - 1); x <= lastColumn; x++) {
          const neighbour = y * columns + x;
          if (levels[neighbour] === QUIET) continue;
          levels[neighbour] = QUIET;
          members[end++] = neighbour;
        }
    }
    component.cells = end - from;
    return end;
  }

  return {
    label(levels, active, activeCount) {
      let end = 0;
      labelling.count = 0;
      for (let index = 0; index < activeCount && labelling.count < MAX_COMPONENTS; index++) {
        const cell = active[index]!;
        if (levels[cell] === STRONG) end = grow(cell, end, levels, components[labelling.count++]!);
      }
      return labelling;
    },
  };
}

function emptyComponent(): Component {
  return { left: 0, top: 0, right: 0, bottom: 0, cells: 0, from: 0 };
}
