import type { Source } from '@framegate/video-source';
import type { FrameRecord } from './frame-record.ts';
import type { GateSettings } from './gate-settings.ts';
import type { Moment } from './moments.ts';
import { chooseMoments } from './moments.ts';
import type { ExplanationSummary } from './summary.ts';
import { summarise } from './summary.ts';
import type { Thumbnail } from './take-pictures.ts';
import { takePictures } from './take-pictures.ts';
import type { WatchOptions } from './watch-recording.ts';
import { watchRecording } from './watch-recording.ts';

/** All that is to be said about what a gate made of a recording. */
export interface Explanation {
  /** Pixels of the source. */
  readonly width: number;
  readonly height: number;
  readonly settings: GateSettings;
  readonly summary: ExplanationSummary;
  readonly frames: readonly FrameRecord[];
  /** Why the recording ended before its end. */
  readonly problem: string | null;
  /** Frames worth a picture; empty where none were asked for. */
  readonly pictures: readonly (Moment & Thumbnail)[];
}

/** @throws {SourceError} the source can't be read; {Error} it has no frame */
export async function explainRecording(
  source: Source,
  settings: GateSettings,
  options: WatchOptions & { readonly pictures: boolean },
): Promise<Explanation> {
  const watched = await watchRecording(source, settings, options);
  const moments = options.pictures ? chooseMoments(watched.frames) : [];
  const wanted = new Set(moments.map(({ record }) => record.frame));
  const taken = await takePictures(source, wanted, settings.privacyMasks, options.signal);
  const pictures = moments.flatMap((moment) => {
    const thumbnail = taken.get(moment.record.frame);
    return thumbnail ? [{ ...moment, ...thumbnail }] : [];
  });
  return { ...watched, settings, summary: summarise(watched), pictures };
}
