import { join } from 'node:path';
import type { Detector } from '@framegate/object-detector';
import type { AnalysedRecording, AnalysisOptions, Recording } from './analyse-recording.ts';
import { analyseRecording } from './analyse-recording.ts';
import { groupRequests, maxFramesPerRequest } from './group-requests.ts';

/** YOLOX-nano at 416 costs about six decodes of a 720p frame (both measured): so many detector threads one decoder feeds. */
const workersPerDecoder = 6;

export interface SideBySideOptions extends Pick<AnalysisOptions, 'gated' | 'signal' | 'onDecoded'> {
  /** With `maxBatch` 1, so that a frame's result doesn't depend on its neighbours. */
  readonly detector: Detector;
  /** Only these classes; all where undefined. */
  readonly classes: readonly string[] | undefined;
  /** 0..1 */
  readonly minScore: number;
  /** Threads of the detector. */
  readonly threads: number;
}

/**
 * Analyses recordings side by side, at most as many as there are threads; results in the order given.
 * @param workFolder an empty folder for their logs; the caller removes it
 */
export async function analyseRecordings(
  recordings: readonly Recording[],
  workFolder: string,
  { detector, classes, minScore, threads, ...options }: SideBySideOptions,
): Promise<AnalysedRecording[]> {
  const sideBySide = Math.min(threads, recordings.length);
  const decoderThreads = Math.max(1, Math.floor(threads / workersPerDecoder / sideBySide));
  const each: AnalysisOptions = {
    ...options,
    detect: groupRequests(detector, threads, { classes, minScore }),
    model: detector.model.input,
    decoderThreads,
    framesUnderWay: framesUnderWay(threads),
  };
  return inOrder(recordings, sideBySide, async (recording, index) =>
    analyseRecording(recording, join(workFolder, `${index}.jsonl`), each),
  );
}

/** What all workers hold, and as much again for one of them to take up at once. */
function framesUnderWay(threads: number): number {
  return (threads + 1) * maxFramesPerRequest;
}

/** Maps with at most `limit` calls at once. On a failure no call begins any more, and those that run are waited for. */
async function inOrder<In, Out>(
  items: readonly In[],
  limit: number,
  map: (item: In, index: number) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  let failed = false;
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      results[index] = await map(item, index).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: limit }, lane));
  const failure = lanes.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
  return results;
}
