import { openSource, parseSource } from '@framegate/video-source';

/** Frames of the scene `street`, a second apart, as an edge sends them: JPEG, quality 80. */
export async function streetJpegs(
  count: number,
  { width, height } = { width: 1280, height: 720 },
): Promise<Uint8Array[]> {
  const source = parseSource(`scene:street?size=${width}x${height}&fps=1`);
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000 });
  const jpegs: Uint8Array[] = [];
  while (jpegs.length < count) {
    const frame = await reader.read();
    if (!frame) break;
    jpegs.push((await frame.encodeJpeg({ width, quality: 80 })).bytes);
    frame.close();
  }
  await reader.close();
  return jpegs;
}
