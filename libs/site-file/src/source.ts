import { redactUrl } from '@framegate/service-kit';
import { parseSource, SourceError } from '@framegate/video-source/source';

/** What is wrong with a camera's source, without its credentials; undefined when it can be read. */
export function describeSourceMistake(text: string): string | undefined {
  try {
    parseSource(text);
    return undefined;
  } catch (error) {
    if (error instanceof SourceError) return redactUrl(error.message);
    throw error;
  }
}
