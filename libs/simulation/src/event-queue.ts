/** Virtual time: what is to happen, in order of time and, at one instant, in order of planning. Times in µs. */
export interface EventQueue {
  readonly nowUs: number;
  /** Plans `run`; a time that has passed means now. */
  at(atUs: number, run: () => void): void;
  /** Runs all up to and including `untilUs`, then stands there. */
  runUntil(untilUs: number): void;
  readonly isEmpty: boolean;
}

interface Planned {
  readonly atUs: number;
  readonly order: number;
  readonly run: () => void;
}

export function createEventQueue(): EventQueue {
  const heap: Planned[] = [];
  let nowUs = 0;
  let order = 0;

  return {
    get nowUs() {
      return nowUs;
    },
    get isEmpty() {
      return heap.length === 0;
    },
    at(atUs, run) {
      push(heap, { atUs: Math.max(nowUs, atUs), order: order++, run });
    },
    runUntil(untilUs) {
      for (let next = heap[0]; next && next.atUs <= untilUs; next = heap[0]) {
        pop(heap);
        nowUs = next.atUs;
        next.run();
      }
      nowUs = Math.max(nowUs, untilUs);
    },
  };
}

function precedes(a: Planned, b: Planned): boolean {
  return a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);
}

function push(heap: Planned[], item: Planned): void {
  let at = heap.length;
  heap.push(item);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || !precedes(item, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = item;
}

function pop(heap: Planned[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    let below = heap[child];
    const right = heap[child + 1];
    if (right && below && precedes(right, below)) {
      child += 1;
      below = right;
    }
    if (!below || !precedes(below, last)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
}
