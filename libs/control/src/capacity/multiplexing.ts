/**
 * How much of the sum of all peaks really comes at once: cameras move at different times, so many need less than
 * their peaks and a few need all of them. The mean plus some standard deviations of independent on-off sources
 * (effective bandwidth, Guérin, Ahmadi, Naghshineh 1991), and never less than what is on right now.
 */
export function shareAtOnce(
  cameras: readonly { readonly activity: number; readonly activityNow: number }[],
  deviations: number,
): number {
  const count = cameras.length;
  if (count === 0) return 1;
  let mean = 0;
  let present = 0;
  for (const { activity, activityNow } of cameras) {
    mean += activity / count;
    present += activityNow / count;
  }
  const deviation = Math.sqrt(Math.max(0, mean * (1 - mean)) / count);
  return Math.min(1, Math.max(0.1, present, mean + deviations * deviation));
}
