import type { Link } from './link.ts';
import { createLink } from './link.ts';
import type { LinkConditions } from './link-conditions.ts';

/** A link on real time: what is pushed comes out at `deliver`. */
export interface TimedLink<Item> {
  push(bytes: number, item: Item): void;
  set(changes: Partial<LinkConditions>): void;
  readonly conditions: LinkConditions;
  readonly waitingBytes: number;
  /** Nothing is delivered any more. */
  close(): void;
}

/** @param random uniform in [0, 1) */
export function startTimedLink<Item>(
  deliver: (item: Item) => void,
  random: () => number,
  initial: Partial<LinkConditions> = {},
): TimedLink<Item> {
  const link: Link<Item> = createLink(random, initial);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const nowMs = (): number => performance.now();

  const run = (): void => {
    clearTimeout(timer);
    if (closed) return;
    for (const item of link.take(nowMs())) deliver(item);
    const next = link.nextMs();
    if (next !== Number.POSITIVE_INFINITY) timer = setTimeout(run, Math.max(0, next - nowMs()));
  };

  return {
    push(bytes, item) {
      link.push(nowMs(), bytes, item);
      run();
    },
    set(changes) {
      link.set(nowMs(), changes);
      run();
    },
    get conditions() {
      return link.conditions;
    },
    get waitingBytes() {
      return link.waitingBytes;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
