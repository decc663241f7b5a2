import { createFramePolicy } from '@framegate/camera-pipeline';

/** As an intent has them by default; the rate is the clip's own. */
const rolls = { preRollSeconds: 0.5, postRollSeconds: 2, keepAliveSeconds: 10 } as const;

/** Which frames leave the site: motion with its pre-roll and post-roll, and keep-alives, by the edge's own policy. */
export function deliveredFrames(motion: readonly boolean[], framesPerSecond: number): boolean[] {
  const policy = createFramePolicy();
  const settings = { framesPerSecond, ...rolls };
  const delivered = motion.map(() => false);
  let held: { readonly frame: number; readonly untilUs: number }[] = [];
  for (const [frame, moves] of motion.entries()) {
    const atUs = (frame * 1e6) / framesPerSecond;
    const action = policy.decide({ motion: moves, atUs }, settings);
    if (action === 'hold') held.push({ frame, untilUs: policy.heldUntilUs(atUs, settings) });
    if (action === 'send-live' || action === 'send-keepalive') delivered[frame] = true;
    if (action !== 'send-live') continue;
    for (const { frame: before, untilUs } of held) if (untilUs >= atUs) delivered[before] = true;
    held = [];
  }
  return delivered;
}
