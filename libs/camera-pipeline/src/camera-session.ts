import type { FrameKind, Region } from '@framegate/contracts';
import type { GateDecision, MotionGate } from '@framegate/motion-detection';
import type { FrameReader, VideoFrame } from '@framegate/video-source';
import type { FromCamera } from './camera-messages.ts';
import type { CameraSettings } from './camera-settings.ts';
import { toPixels } from './camera-settings.ts';
import type { FramePolicy } from './frame-policy.ts';
import type { FrameReport } from './frame-report.ts';

interface HeldFrame {
  readonly seq: number;
  readonly frame: VideoFrame;
  readonly gated: Gated;
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
  readonly policy: FramePolicy;
  readonly report: FrameReport;
  readonly settings: () => CameraSettings;
  /** Told the size of each picture before the gate sees it: masks are in fractions of it. */
  readonly fit: (width: number, height: number) => void;
  readonly nowUs: () => number;
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
      if (frame === null) break;
      const seq = report.captured();
      const { motion, gated } = gateFrame(frame, parts);
      const settings = parts.settings();
      const action = policy.decide({ motion, atUs: frame.capturedAtUs }, settings);
      if (action === 'send-live') {
        for (const early of held.splice(0)) await send(early, 'preroll', parts);
        await send({ seq, frame, gated }, 'live', parts);
        tell();
      } else if (action === 'send-keepalive') {
        await send({ seq, frame, gated }, 'keepalive', parts);
        tell();
      } else if (action === 'hold') {
        held.push({ seq, frame, gated });
      } else {
        frame.close();
        report.ended(seq, action === 'stop' ? 'stopped' : 'sampledOut');
      }
      release(
        held,
        (early) => policy.heldUntilUs(early.frame.capturedAtUs, settings) < frame.capturedAtUs,
        report,
      );
      if (nowUs() - toldAtUs >= tellEveryUs) tell();
      await nextTurn();
    }
  } finally {
    release(held, () => true, report);
    tell();
  }
}

function gateFrame(frame: VideoFrame, parts: SessionParts): { motion: boolean; gated: Gated } {
  const startedAt = performance.now();
  const { luma, width, height } = frame;
  parts.fit(width, height);
  const decision = parts.gate.process({ ...luma, width, height }, frame.capturedAtUs);
  const gateMs = performance.now() - startedAt;
  const gated = { atUs: parts.nowUs(), gateMs, score: decision.score, regions: regionsOf(decision) };
  return { motion: decision.motion, gated };
}

function regionsOf(decision: GateDecision): Region[] {
  return decision.regions.map(({ x, y, width, height }) => [x, y, width, height]);
}

async function send(held: HeldFrame, kind: FrameKind, parts: SessionParts): Promise<void> {
  const { seq, frame, gated } = held;
  const settings = parts.settings();
  try {
    await parts.room();
    const startedAt = performance.now();
    const picture = await frame.encodeJpeg({
      width: Math.min(settings.width, frame.width),
      quality: settings.quality,
      blackOut: settings.privacyMasks.map((mask) => toPixels(mask, frame.width, frame.height)),
    });
    const encodeMs = performance.now() - startedAt;
    parts.report.sent({
      seq,
      kind,
      capturedAtUs: frame.capturedAtUs,
      gatedAtUs: gated.atUs,
      encodedAtUs: parts.nowUs(),
      width: picture.width,
      height: picture.height,
      sourceWidth: frame.width,
      sourceHeight: frame.height,
      regions: gated.regions,
      score: gated.score,
      work: { decodeMs: frame.decodeMs, gateMs: gated.gateMs, encodeMs },
      jpeg: picture.bytes,
    });
  } catch {
    parts.report.ended(seq, 'discarded:encodeFailed');
  } finally {
    frame.close();
  }
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
