import type { GateOptions, MotionGate } from '@framegate/motion-detection';
import { createMotionGate } from '@framegate/motion-detection';

/**
 * A gate for pictures whose size may change. Masks are in pixels: what is configured holds from the next picture
 * on, and must fit that one, not the last. Another size is another gate, which settles anew.
 */
export function createSizedGate(): MotionGate {
  let gate: MotionGate | undefined;
  let size = '';
  let options: GateOptions = {};
  let changed = false;
  return {
    process(luma, timeUs) {
      const next = `${luma.width}x${luma.height}`;
      if (!gate || next !== size) gate = createMotionGate(options);
      else if (changed) gate.configure(options);
      [size, changed] = [next, false];
      return gate.process(luma, timeUs);
    },
    reset: (reason) => gate?.reset(reason),
    configure(changes) {
      options = { ...options, ...changes };
      changed = true;
    },
  };
}
