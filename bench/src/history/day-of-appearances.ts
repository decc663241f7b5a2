import type { Appearance, HistoryStore } from '@framegate/history-store';
import { defaultRetention } from '@framegate/history-store';

export const cameras = Array.from({ length: 16 }, (_, i) => `north/camera-${i}`);
const zones = ['yard', 'road', 'door', 'fence', 'ramp'];
const dayUs = 86_400e6;
const dayBeginUs = 1_767_225_600e6;
export const hour = (hours: number): number => dayBeginUs + hours * 3600e6;

function appearanceOf(i: number, of: number): Appearance {
  const random = (salt: number): number => {
    const x = Math.sin(i * 12.9898 + salt * 78.233) * 43_758.5453;
    return x - Math.floor(x);
  };
  const startUs = dayBeginUs + Math.floor((i / of) * dayUs);
  const score = 0.3 + 0.7 * random(1) ** 0.5;
  return {
    id: `north.camera-${i % 16}.1767225600.${i}.0`,
    cameraId: cameras[i % 16] ?? '',
    // One bus in 2000, for a search that finds little.
    className: random(2) < 0.0005 ? 'bus' : random(2) < 0.3 ? 'car' : 'person',
    startUs,
    endUs: startUs + Math.floor(28e6 * random(3)),
    open: false,
    detections: 14,
    bestScore: score,
    bestAtUs: startUs,
    box: [600, 300, 40, 110],
    firstBox: [600, 300, 40, 110],
    lastBox: [600, 300, 40, 110],
    sourceWidth: 1280,
    sourceHeight: 720,
    zones: random(4) < 0.3 ? [] : [zones[Math.floor(random(4) * zones.length)] ?? ''],
  };
}

/** A day of 16 cameras. */
export async function fill(store: HistoryStore, count: number): Promise<void> {
  const batch = 5000;
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from);
    const appearances = Array.from({ length: size }, (_, i) => appearanceOf(from + i, count));
    await store.write({ appearances });
    if (process.stderr.isTTY) process.stderr.write(`\r${from + size} appearances`);
  }
  await store.maintain({ ...defaultRetention, maxBytes: Number.MAX_SAFE_INTEGER }, dayBeginUs + dayUs);
}
