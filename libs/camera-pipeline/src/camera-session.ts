import type { FrameKind, Region } from '@framegate/contracts';
import type { GateDecision, MotionGate } from '@framegate/motion-detection';
import type { FrameReader, VideoFrame } from '@framegate/video-source';
import type { FromCamera } from './camera-messages.ts';
import type { CameraSettings } from './camera-settings.ts';
import type { CameraWatch } from './camera-watch.ts';
import type { FullPicture } from './full-picture.ts';
import type { FramePolicy } from './frame-policy.ts';
import type { FrameReport } from './frame-report.ts';
import type { InfraredSwitch } from './infrared-switch.ts';
import { takePicture } from './take-picture.ts';

interface FrameToSend {
  readonly seq: number;
  readonly frame: VideoFrame;
  readonly gated: Gated;
}

interface HeldFrame extends FrameToSend {
  readonly atUs: number;
}

/** What the gate said of a frame; copied, because a decision is valid only until the next. */
interface Gated {
  readonly atUs: number;
  readonly gateMs: number;
  readonly score: number;
  readonly regions: readonly Region[];
}

export interface SessionParts {
  readonly gate: MotionGate;
  readonly infrared: InfraredSwitch;
  readonly policy: FramePolicy;
  readonly report: FrameReport;
  readonly settings: () => CameraSettings;
  readonly fullPicture: FullPicture | undefined;
  /** Told what the gate saw, where the packets of this camera may stay undecoded. */
  readonly watch: CameraWatch | undefined;
  /** Told the size of each picture before the gate sees it: masks are in fractions of it. */
  readonly fit: (width: number, height: number) => void;
  /** Told what is wrong while frames still come. */
  readonly complain: (complaint: string) => void;
  readonly nowUs: () => number;
  /** The time by which gate and policy judge a frame: of its capture, or of its medium when read faster than life. */
  readonly timeOf: (frame: VideoFrame) => number;
  readonly post: (message: FromCamera) => void;
  /** Resolves when another frame may be sent; in lossless mode this is the back pressure. */
  readonly room: () => Promise<void>;
}

/** How long fates may wait to be told while no frame is sent, µs. */
const tellEveryUs = 200_000;

/** Takes one open camera's frames through gate, policy and encoder until it ends or `stopping()`. */
export async function runSession(
  reader: FrameReader,
  parts: SessionParts,
  stopping: () => boolean,
): Promise<void> {
  const { policy, report, nowUs } = parts;
  const held: HeldFrame[] = [];
  let skippedBefore = 0;
  let undecodedBefore = 0;
  let toldAtUs = nowUs();
  const tell = (): void => {
    const tally = report.take(held.length);
    if (tally) parts.post(tally);
    toldAtUs = nowUs();
  };

  try {
    while (!stopping()) {
      const frame = await reader.read();
      if (reader.skipped > skippedBefore) report.skipped(reader.skipped - skippedBefore, 'discarded:late');
      skippedBefore = reader.skipped;
      // Nothing moved in what was not decoded: the gate would have stopped it.
      report.undecoded(reader.undecoded - undecodedBefore);
      undecodedBefore = reader.undecoded;
      if (frame === null) break;
      const seq = report.captured();
      const atUs = parts.timeOf(frame);
      const { motion, gated } = gateFrame(seq, frame, atUs, parts);
      const settings = parts.settings();
      const action = policy.decide({ motion, atUs }, settings);
      if (action === 'send-live') {
        for (let early = held.shift(); early; early = held.shift()) {
          await send(early, 'preroll', parts);
          tell();
        }
        // What was decoded only when something later was suspicious is from before the event's first live frame.
        await send({ seq, frame, gated }, frame.late ? 'preroll' : 'live', parts);
        tell();
      } else if (action === 'send-keepalive') {
        await send({ seq, frame, gated }, 'keepalive', parts);
        tell();
      } else if (action === 'hold') {
        held.push({ seq, frame, gated, atUs });
      } else {
        frame.close();
        report.ended(seq, action === 'stop' ? 'stopped' : 'sampledOut');
      }
      release(held, (early) => policy.heldUntilUs(early.atUs, settings) < atUs, report);
      if (nowUs() - toldAtUs >= tellEveryUs) tell();
      await nextTurn();
    }
  } finally {
    release(held, () => true, report);
    tell();
  }
}

/** A frame that the gate can't judge ends the session, and has its fate all the same. */
function gateFrame(
  seq: number,
  frame: VideoFrame,
  atUs: number,
  parts: SessionParts,
): { motion: boolean; gated: Gated } {
  const startedAt = performance.now();
  const { luma, width, height } = frame;
  try {
    parts.fit(width, height);
    if (parts.infrared.switched(frame.saturation())) parts.gate.reset('infrared');
    const decision = parts.gate.process({ ...luma, width, height }, atUs);
    const gateMs = performance.now() - startedAt;
    parts.watch?.gated({ ...luma, width, height, keyFrame: frame.keyFrame }, decision.motion, atUs);
    const gated = { atUs: parts.nowUs(), gateMs, score: decision.score, regions: regionsOf(decision) };
    return { motion: decision.motion, gated };
  } catch (error) {
    frame.close();
    parts.report.ended(seq, 'discarded:gateFailed');
    throw error;
  }
}

function regionsOf(decision: GateDecision): Region[] {
  return decision.regions.map(({ x, y, width, height }) => [x, y, width, height]);
}

async function send(toSend: FrameToSend, kind: FrameKind, parts: SessionParts): Promise<void> {
  const { seq, frame, gated } = toSend;
  const { sent, ended } = parts.report;
  try {
    const taken = await picture(frame, kind, parts);
    const encodedAtUs = parts.nowUs();
    await parts.room();
    const { bytes: jpeg, decodeMs, encodeMs, ...sizesAndTime } = taken;
    const [scaleX, scaleY] = [taken.sourceWidth / frame.width, taken.sourceHeight / frame.height];
    sent({
      seq,
      kind,
      jpeg,
      ...sizesAndTime,
      gatedAtUs: gated.atUs,
      encodedAtUs,
      regions: gated.regions.map(([x, y, w, h]) => [x * scaleX, y * scaleY, w * scaleX, h * scaleY]),
      score: gated.score,
      work: {
        decodeMs,
        gateMs: gated.gateMs,
        encodeMs,
      },
    });
  } catch (error) {
    ended(seq, 'discarded:encodeFailed');
    parts.complain(`a picture was not encoded: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    frame.close();
  }
}

/** The picture to send: the full one where the camera has it, but a pre-roll has only what was held. */
async function picture(frame: VideoFrame, kind: FrameKind, { fullPicture, settings }: SessionParts) {
  const full = kind === 'preroll' ? undefined : await fullPicture?.next(settings());
  return full ?? takePicture(frame, settings());
}

function release(held: HeldFrame[], isOver: (frame: HeldFrame) => boolean, report: FrameReport): void {
  while (held[0] && isOver(held[0])) {
    const [over] = held.splice(0, 1);
    over?.frame.close();
    if (over) report.ended(over.seq, 'stopped');
  }
}

/** Lets messages in: reading may never leave the microtask queue. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
