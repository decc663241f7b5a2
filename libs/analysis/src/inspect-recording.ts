import type { SourceInfo } from '@framegate/video-source';
import { describeSource, openSource, parseSource, SourceError } from '@framegate/video-source';
import type { Recording } from './analyse-recording.ts';

export interface InspectedRecording extends Recording {
  readonly info: SourceInfo;
}

/**
 * Opens a file and decodes its first frame, so that what can't be analysed is known before any work.
 * @throws {SourceError} in one message that names the file and what is wrong
 */
export async function inspectRecording(text: string, signal: AbortSignal): Promise<InspectedRecording> {
  const source = parseSource(text);
  const name = describeSource(source);
  if (source.kind !== 'file')
    throw new SourceError(
      'UNSUPPORTED',
      `${name}: this is no file but a camera, which never ends. Watch it with: framegate demo --source ${name}`,
    );
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000, signal });
  try {
    const frame = await reader.read();
    frame?.close();
    return { name, source, info: reader.info };
  } catch (error) {
    // Its first frame is there: it is analysed, and what is missing is said then.
    if (error instanceof SourceError && error.code === 'TRUNCATED')
      return { name, source, info: reader.info };
    throw error;
  } finally {
    await reader.close();
  }
}
