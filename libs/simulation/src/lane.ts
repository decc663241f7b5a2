import type { SiteModel } from './scenario.ts';
import type { Frame } from './frame.ts';

/**
 * The frames that wait for one partition. One request is in flight at a time; several frames share it up to 1 MiB,
 * as `ProducerLane` has it. A queue bounded in frames, bytes and time gives up its oldest; and a frame that has waited
 * for longer than it is fresh makes way for a newer one of its camera, as `Outbox` has it.
 */
export interface Lane {
  push(frame: Frame): void;
  /** The request in flight was acknowledged. */
  acknowledged(): void;
  readonly waiting: number;
  readonly waitingBytes: number;
}

export interface LaneOptions {
  readonly queue: SiteModel['queue'];
  readonly nowUs: () => number;
  readonly send: (request: readonly Frame[]) => void;
  readonly onDiscard: (frame: Frame, reason: 'busAway' | 'stale') => void;
}

const maxRequestBytes = 1024 * 1024;

export function createLane({ queue, nowUs, send, onDiscard }: LaneOptions): Lane {
  let waiting: Frame[] = [];
  let waitingBytes = 0;
  let busy = false;

  const remove = (index: number, reason: 'busAway' | 'stale'): void => {
    const [frame] = waiting.splice(index, 1);
    if (!frame) return;
    waitingBytes -= frame.bytes;
    onDiscard(frame, reason);
  };
  const overflows = (): boolean =>
    waiting.length > 1 && (waiting.length > queue.maxMessages || waitingBytes > queue.maxBytes);
  const dropStale = (): void => {
    while (waiting[0] && nowUs() - waiting[0].encodedAtUs > 1000 * queue.maxWaitMs) remove(0, 'busAway');
    const newest = new Map(waiting.map((frame) => [frame.camera, frame]));
    for (let index = waiting.length - 1; index >= 0; index--) {
      const frame = waiting[index];
      if (!frame || newest.get(frame.camera) === frame) continue;
      const freshUs = 1000 * queue.freshShare * frame.objectiveMs;
      if (nowUs() - frame.encodedAtUs > freshUs) remove(index, 'stale');
    }
  };
  const sendNext = (): void => {
    dropStale();
    let count = 0;
    let bytes = 0;
    for (const frame of waiting) {
      if (count > 0 && bytes + frame.bytes > maxRequestBytes) break;
      bytes += frame.bytes;
      count += 1;
    }
    busy = count > 0;
    waitingBytes -= bytes;
    if (busy) send(waiting.splice(0, count));
  };

  return {
    push(frame) {
      waiting.push(frame);
      waitingBytes += frame.bytes;
      dropStale();
      while (overflows()) remove(0, 'busAway');
      if (!busy) sendNext();
    },
    acknowledged: sendNext,
    get waiting() {
      return waiting.length;
    },
    get waitingBytes() {
      return waitingBytes;
    },
  };
}
