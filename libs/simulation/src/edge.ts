import type { EdgeLedger } from '@framegate/frame-ledger';
import type { RateSampler } from '@framegate/rate-sampler';
import { createRateSampler } from '@framegate/rate-sampler';
import { falseAlarmsOf, recallOf } from './accuracy.ts';
import { calibration, decodeMs, encodeMs, frameBytes, jittered } from './calibration.ts';
import type { CameraSetting } from './camera-setting.ts';
import type { CameraSource } from './camera-source.ts';
import type { EventQueue } from './event-queue.ts';
import type { Frame } from './frame.ts';
import { newFrame } from './frame.ts';
import type { Random } from './random.ts';
import type { CameraModel } from './scenario.ts';
import type { StepFunction } from './step-function.ts';

export interface EdgeCamera {
  readonly index: number;
  readonly model: CameraModel;
  readonly source: CameraSource;
  readonly stalled: StepFunction;
  readonly partition: number;
  readonly setting: CameraSetting;
}

/**
 * The computers of one site. Each camera has a thread that decodes, gates and encodes one frame at a time, the
 * newest; threads share the cores, first come first served.
 */
export interface Edge {
  configure(camera: number, setting: CameraSetting): void;
  settingOf(camera: number): CameraSetting;
  lastFrameUs(camera: number): number;
  /** Core time since the last call, µs. */
  takeBusyUs(): number;
}

export interface EdgeOptions {
  readonly events: EventQueue;
  readonly cameras: readonly EdgeCamera[];
  readonly cores: number;
  readonly untilUs: number;
  readonly slowness: StepFunction;
  readonly encodeSlowness: StepFunction;
  readonly burst: (camera: number) => boolean;
  readonly stampUs: (atUs: number) => number;
  readonly random: Random;
  readonly ledger: EdgeLedger;
  readonly onCaptured: (camera: number, motion: boolean) => void;
  readonly onDiscarded: (camera: number) => void;
  readonly onEncoded: (frame: Frame) => void;
}

interface Thread {
  readonly camera: EdgeCamera;
  readonly sampler: RateSampler;
  setting: CameraSetting;
  /** Decoded next: the newest frame that waits. */
  next: Frame | undefined;
  /** Works, or waits for a core. */
  busy: boolean;
  seq: number;
  lastFrameUs: number;
}

export function createEdge(options: EdgeOptions): Edge {
  const { events, ledger, random, cores } = options;
  const threads = new Map(options.cameras.map((camera) => [camera.index, threadOf(camera)]));
  const ready: Thread[] = [];
  let working = 0;
  let busyUs = 0;

  const capture = (thread: Thread): void => {
    const { camera } = thread;
    const { model, source } = camera;
    const nowUs = events.nowUs;
    const nextUs = nowUs + source.intervalUs;
    if (nextUs < Math.min(options.untilUs, (model.untilSeconds ?? Infinity) * 1e6))
      events.at(nextUs, () => capture(thread));
    const seen = source.next(nowUs);
    if (camera.stalled.at(nowUs) > 0) return;
    const motion = seen.motion || options.burst(camera.index);
    options.onCaptured(camera.index, motion);
    thread.lastFrameUs = nowUs;
    if (thread.next) {
      // Passed over unread, it is captured and given up in one.
      ledger.captured();
      ledger.ended('discarded:late');
      options.onDiscarded(camera.index);
    }
    thread.next = newFrame(
      {
        ...seen,
        motion,
        camera: camera.index,
        cameraId: model.cameraId,
        seq: ++thread.seq,
        capturedAtUs: nowUs,
        stampedAtUs: options.stampUs(nowUs),
        objectiveMs: model.objectiveMs,
        partition: camera.partition,
      },
      thread.setting,
    );
    if (!thread.busy) {
      thread.busy = true;
      ready.push(thread);
      startReady();
    }
  };

  const startReady = (): void => {
    while (working < cores) {
      const thread = ready.shift();
      if (!thread) return;
      start(thread);
    }
  };

  const start = (thread: Thread): void => {
    const frame = thread.next;
    if (!frame) return void (thread.busy = false);
    thread.next = undefined;
    ledger.captured();
    const fate = decide(thread, frame);
    const slowness = options.slowness.at(events.nowUs);
    frame.slowness = slowness;
    frame.decodeMs = jittered(decodeMs(thread.camera.model.sourceWidth), random) * slowness;
    const { width, quality } = frame.rung;
    frame.encodeMs =
      fate === 'sent'
        ? jittered(encodeMs(width, quality), random) * slowness * options.encodeSlowness.at(events.nowUs)
        : 0;
    const workUs = (frame.decodeMs + calibration.gateMs * slowness + frame.encodeMs) * 1e3;
    if (fate === 'sent') ledger.encoding();
    else ledger.ended(fate);
    working += 1;
    events.at(events.nowUs + workUs, () => {
      working -= 1;
      busyUs += workUs;
      if (fate === 'sent') {
        frame.encodedAtUs = events.nowUs;
        options.onEncoded(frame);
      }
      thread.busy = thread.next !== undefined;
      if (thread.busy) ready.push(thread);
      startReady();
    });
  };

  /** Gate first, then the rate; the setting is that of this moment. */
  const decide = (thread: Thread, frame: Frame): 'stopped' | 'sampledOut' | 'sent' => {
    const { rung, version, accuracy } = thread.setting;
    const { motionSensitivity } = rung;
    const passes = frame.motion ? recallOf(motionSensitivity) : falseAlarmsOf(motionSensitivity);
    if (frame.gateChance >= passes) return 'stopped';
    if (!thread.sampler.accepts(frame.capturedAtUs, rung.framesPerSecond)) return 'sampledOut';
    frame.bytes = frameBytes(rung, frame.sizeDeviation, thread.camera.source.sizeDeviation);
    frame.rung = rung;
    frame.version = version;
    frame.accuracy = accuracy;
    return 'sent';
  };

  for (const thread of threads.values())
    if (thread.camera.source.firstFrameUs < options.untilUs)
      events.at(thread.camera.source.firstFrameUs, () => capture(thread));

  const threadNumbered = (camera: number): Thread => {
    const thread = threads.get(camera);
    if (!thread) throw new RangeError(`simulation: camera ${camera} is not at this site`);
    return thread;
  };
  return {
    configure: (camera, setting) => void (threadNumbered(camera).setting = setting),
    settingOf: (camera) => threadNumbered(camera).setting,
    lastFrameUs: (camera) => threadNumbered(camera).lastFrameUs,
    takeBusyUs() {
      const taken = busyUs;
      busyUs = 0;
      return taken;
    },
  };
}

function threadOf(camera: EdgeCamera): Thread {
  return {
    camera,
    sampler: createRateSampler(),
    setting: camera.setting,
    next: undefined,
    busy: false,
    seq: 0,
    lastFrameUs: -1,
  };
}
