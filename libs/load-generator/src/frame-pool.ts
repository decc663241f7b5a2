import { openSource } from '@framegate/video-source';

/** JPEGs of a synthetic scene, encoded once before the load: a frame then costs no more than its copy to a socket. */
export async function renderFramePool(
  {
    width,
    height,
    quality = 80,
  }: { readonly width: number; readonly height: number; readonly quality?: number },
  count = 16,
): Promise<Uint8Array[]> {
  const source = { kind: 'scene', name: 'street', seed: 1, width, height, framesPerSecond: 5 } as const;
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000 });
  const pool: Uint8Array[] = [];
  try {
    for (let frame = await reader.read(); frame && pool.length < count; frame = await reader.read()) {
      const { bytes } = await frame.encodeJpeg({ width, quality });
      pool.push(bytes);
      frame.close();
    }
  } finally {
    await reader.close();
  }
  return pool;
}
