import type { Check } from './check.ts';
import { failed, ok, reasonOf } from './check.ts';

const reinstall =
  'run "npx -y pnpm@12 install" again; if it stays so, this platform may have no prebuilt library';

/**
 * Sends one synthetic frame through every native library: FFmpeg (node-av) encodes it, sharp decodes it, onnxruntime
 * looks at it. Loaded here and not before, since this is where a broken library must be told and not end the program.
 */
export async function checkPipeline(): Promise<Check[]> {
  const video = await attempt('video (node-av, FFmpeg)', encodeFrame);
  if (video.check.state === 'failed') return [video.check];
  const detector = await attempt('detector (onnxruntime-node, sharp)', async () => detect(video.result));
  return [video.check, detector.check];
}

type Attempt<T> = { readonly check: Check; readonly result: T | undefined };

async function attempt<T>(
  name: string,
  work: () => Promise<{ found: string; result: T }>,
): Promise<Attempt<T>> {
  try {
    const { found, result } = await work();
    return { check: ok(name, found), result };
  } catch (error) {
    return { check: failed(name, reasonOf(error), reinstall), result: undefined };
  }
}

async function encodeFrame() {
  const { openSource, parseSource } = await import('@framegate/video-source');
  const reader = await openSource(parseSource('scene:street?size=640x360'), {
    pace: 'none',
    now: () => performance.now() * 1000,
  });
  try {
    const frame = await reader.read();
    const jpeg = await frame?.encodeJpeg({ quality: 80 });
    frame?.close();
    if (!jpeg) throw new Error('no frame came from a synthetic scene');
    return { found: `encoded a frame to ${jpeg.bytes.length} bytes`, result: jpeg.bytes };
  } finally {
    await reader.close();
  }
}

async function detect(bytes: Uint8Array | undefined) {
  const { createDetector, resolveModel } = await import('@framegate/object-detector');
  const model = await resolveModel('street-nano');
  const detector = await createDetector({ model });
  try {
    const { inferenceMs } = await detector.detect({ kind: 'jpeg', bytes: bytes ?? new Uint8Array() });
    return { found: `${model.id} looked at a frame in ${inferenceMs.toFixed(0)} ms`, result: undefined };
  } finally {
    await detector.close();
  }
}
