import type { Source, VideoFrame } from '@framegate/video-source';
import { openSource } from '@framegate/video-source';

/** A recording's frames as fast as they are read; each is open until the next is asked for. */
export async function* framesOf(source: Source, signal: AbortSignal): AsyncGenerator<VideoFrame, void> {
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000, signal });
  try {
    for (let frame = await reader.read(); frame; frame = await reader.read()) {
      try {
        yield frame;
      } finally {
        frame.close();
      }
      // Reading may never leave the microtask queue: signals come through here.
      await new Promise((resolve) => setImmediate(resolve));
    }
    signal.throwIfAborted();
  } finally {
    await reader.close();
  }
}
