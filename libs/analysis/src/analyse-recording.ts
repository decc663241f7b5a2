import type { CloudLedger, EdgeLedger } from '@framegate/frame-ledger';
import { createCloudLedger, createEdgeLedger } from '@framegate/frame-ledger';
import { DetectError } from '@framegate/object-detector';
import type { DetectResult, ImageInput, ResolvedModel } from '@framegate/object-detector';
import type { Source } from '@framegate/video-source';
import type { AnalysedFrame } from './analysed-frame.ts';
import type { DecodedFrame, DecodeEnd } from './decode-messages.ts';
import { decodeInThread } from './decoding-thread.ts';
import { FrameLog } from './frame-log.ts';
import { creditMemory, openCredit } from './shared-credit.ts';

export interface Recording {
  /** As the user named it; stands in every result. */
  readonly name: string;
  readonly source: Source;
}

export interface AnalysisOptions {
  /** @throws {DetectError} */
  readonly detect: (image: ImageInput) => Promise<DetectResult>;
  /** The size that frames are scaled to fit into. */
  readonly model: ResolvedModel['input'];
  /** False: every frame is analysed. */
  readonly gated: boolean;
  readonly decoderThreads: number;
  /** Frames of one recording between decoder and log; enough to keep the whole detector busy. */
  readonly framesUnderWay: number;
  readonly signal: AbortSignal;
  /** So many frames more were decoded. */
  readonly onDecoded: (frames: number) => void;
}

/** What became of a recording. */
export interface AnalysedRecording extends Pick<DecodeEnd, 'undecodable' | 'problem'> {
  readonly edge: ReturnType<EdgeLedger['counts']>;
  readonly cloud: ReturnType<CloudLedger['counts']>;
  /** Its analysed frames. */
  readonly log: FrameLog;
  /** How many objects of each class were found. */
  readonly found: Readonly<Record<string, number>>;
  /** Why the first of the failed frames failed. */
  readonly failure: string | null;
}

/**
 * Decodes a recording in a thread of its own, looks at each frame that passes the gate, and logs the results in the
 * order of the frames. The decoder waits when too many frames are under way; none is dropped.
 * @param logPath a file that is not there yet; the caller removes it
 * @throws what the signal was aborted with
 */
export async function analyseRecording(
  { name, source }: Recording,
  logPath: string,
  options: AnalysisOptions,
): Promise<AnalysedRecording> {
  const { detect, model, gated, decoderThreads, signal, onDecoded } = options;
  const [edge, cloud] = [createEdgeLedger(), createCloudLedger()];
  const memory = creditMemory(options.framesUnderWay);
  const credit = openCredit(memory);
  const stop = (): void => credit.stop();
  const found: Record<string, number> = {};
  let failure: string | null = null;
  const log = await FrameLog.create(logPath);
  let written = Promise.resolve();

  const analyse = async (frame: DecodedFrame, before: Promise<void>): Promise<void> => {
    const looked = detect(imageOf(frame)).catch(asDetectError);
    const [result] = await Promise.all([looked, before]);
    if (result instanceof DetectError) failure ??= `frame ${frame.index}: ${result.message}`;
    else {
      for (const { className } of result.detections) found[className] = (found[className] ?? 0) + 1;
      await log.append(analysedFrame(name, frame, result.detections));
    }
    cloud.ended(result instanceof DetectError ? 'failed' : 'analysed');
    credit.give();
  };
  const onFrame = (frame: DecodedFrame): void => {
    edge.ended('published');
    cloud.delivered();
    cloud.received();
    written = analyse(frame, written);
    // An error is thrown below, when the thread has ended.
    written.catch(stop);
  };

  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    const task = { source, decoderThreads, model, gated, credit: memory };
    const end = await decodeInThread(task, { onFrame, onProgress: onDecoded });
    await written;
    signal.throwIfAborted();
    edge.captured(end.captured);
    edge.ended('stopped', end.stopped);
    const { undecodable, problem } = end;
    return { edge: edge.counts(), cloud: cloud.counts(), undecodable, problem, log, found, failure };
  } finally {
    signal.removeEventListener('abort', stop);
    await log.finish();
  }
}

function imageOf({ rgb, scaled, width, height }: DecodedFrame) {
  return { kind: 'rgb', data: rgb, ...scaled, sourceWidth: width, sourceHeight: height } as const;
}

function asDetectError(error: unknown): DetectError {
  if (error instanceof DetectError) return error;
  throw error;
}

function analysedFrame(
  file: string,
  { index, timeUs, width, height, gate }: DecodedFrame,
  detections: readonly { box: readonly [number, number, number, number]; className: string; score: number }[],
): AnalysedFrame {
  const objects = detections.map(({ box: [x, y, w, h], className, score }) => ({
    box: [rounded(x, 2), rounded(y, 2), rounded(w, 2), rounded(h, 2)] as const,
    class: className,
    score: rounded(score, 4),
  }));
  const score = gate.score === null ? null : rounded(gate.score, 4);
  const timeSeconds = timeUs / 1e6;
  return { file, frame: index, timeSeconds, width, height, objects, gate: { score, regions: gate.regions } };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
