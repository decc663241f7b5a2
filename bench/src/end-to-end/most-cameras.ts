/**
 * The most cameras that still fit: from a guess upwards or downwards in steps that double, then the gap is halved (Bentley
 * and Yao, An almost optimal algorithm for unbounded searching, 1976). Runs are expensive and noisy, so a number is
 * believed when it fits once.
 * @param fits whether so many are within the objective
 * @param guess near it only few runs are needed
 * @returns 0 when not even one fits
 */
export async function mostCameras(
  fits: (cameras: number) => Promise<boolean>,
  atMost: number,
  guess = 1,
): Promise<number> {
  let [most, tooMany, step] = [0, atMost + 1, 1];
  let cameras = Math.min(Math.max(guess, 1), atMost);
  while (cameras > most && cameras < tooMany) {
    if (await fits(cameras)) most = cameras;
    else tooMany = cameras;
    if (tooMany > atMost) cameras = Math.min(most + step, atMost);
    else if (most === 0) cameras = Math.max(tooMany - step, 1);
    else cameras = Math.floor((most + tooMany) / 2);
    step *= 2;
  }
  return most;
}
