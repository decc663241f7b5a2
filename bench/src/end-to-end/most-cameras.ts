/**
 * The most cameras that still fit: doubles until they don't, then halves the gap. Runs are expensive and noisy, so a
 * number is believed when it fits once.
 * @param fits whether so many are within the objective
 * @returns 0 when not even one fits
 */
export async function mostCameras(
  fits: (cameras: number) => Promise<boolean>,
  atMost: number,
): Promise<number> {
  let [most, tooMany] = [0, atMost + 1];
  for (let cameras = 1; cameras < tooMany;) {
    if (await fits(cameras)) most = cameras;
    else tooMany = cameras;
    const isOpen = tooMany > atMost;
    const next = isOpen ? Math.min(2 * cameras, atMost) : Math.floor((most + tooMany) / 2);
    if (next <= most || next >= tooMany) break;
    cameras = next;
  }
  return most;
}
