import type { ArrivalStageTimes, CameraObservation, StageTimes } from '@framegate/control';
import { calibration } from './calibration.ts';
import type { Frame } from './frame.ts';

/** What the cloud has noted of one camera since the last observation: only of its newest setting. */
export interface CameraNotes {
  /** A new setting was sent: samples of older ones are of no use any more. */
  expectVersion(version: number): void;
  /** The newest version that a frame was seen under. */
  readonly newestVersion: number;
  result(frame: Frame, latencyMs: number, clockErrorMs: number, nowUs: number): void;
  fate(frame: Frame, fate: 'superseded' | 'expired', clockErrorMs: number): void;
  /** Takes what was noted; nothing of it is known when it was not heard. */
  take(nowUs: number, heard: boolean): Noted;
}

type Noted = Pick<
  CameraObservation,
  'latenciesMs' | 'due' | 'onTime' | 'superseded' | 'expired' | 'failed' | 'stageMs' | 'arrivalStageMs'
>;

const noStages: StageTimes = {
  decode: Number.NaN,
  gate: Number.NaN,
  encode: Number.NaN,
  publish: Number.NaN,
  transport: Number.NaN,
  wait: Number.NaN,
  inference: Number.NaN,
  emit: Number.NaN,
};

export function createCameraNotes(): CameraNotes {
  let expected = 0;
  let newest = 0;
  let latenciesMs: number[] = [];
  let counts = { due: 0, onTime: 0, superseded: 0, expired: 0 };
  let sums = zeroStages();
  let arrivals = createArrivals();
  /** Superseded frames whose successor may still come in time. */
  let open: { readonly capturedAtUs: number; readonly deadlineUs: number }[] = [];

  const reset = (): void => {
    latenciesMs = [];
    counts = { due: 0, onTime: 0, superseded: 0, expired: 0 };
    sums = zeroStages();
    arrivals = createArrivals();
  };
  const closeOpen = (isClosed: (frame: (typeof open)[number]) => boolean, onTime: boolean): void => {
    const left = open.filter((frame) => !isClosed(frame));
    const closed = open.length - left.length;
    counts.due += closed;
    if (onTime) counts.onTime += closed;
    open = left;
  };

  return {
    expectVersion(version) {
      expected = version;
      open = [];
      reset();
    },
    get newestVersion() {
      return newest;
    },
    result(frame, latencyMs, clockErrorMs, nowUs) {
      newest = Math.max(newest, frame.version);
      if (frame.version !== expected) return;
      latenciesMs.push(latencyMs);
      counts.due += 1;
      if (latencyMs <= frame.objectiveMs) counts.onTime += 1;
      closeOpen((older) => older.capturedAtUs < frame.capturedAtUs && nowUs <= older.deadlineUs, true);
      addStages(sums, frame, clockErrorMs);
      arrivals.add(frame, clockErrorMs);
    },
    fate(frame, fate, clockErrorMs) {
      newest = Math.max(newest, frame.version);
      if (frame.version !== expected) return;
      counts[fate] += 1;
      arrivals.add(frame, clockErrorMs);
      if (fate === 'expired') counts.due += 1;
      else
        open.push({
          capturedAtUs: frame.capturedAtUs,
          deadlineUs: frame.capturedAtUs + frame.objectiveMs * 1e3,
        });
    },
    take(nowUs, heard) {
      closeOpen(({ deadlineUs }) => deadlineUs < nowUs, false);
      const unknown = Number.NaN;
      const noted = heard
        ? {
            latenciesMs,
            ...counts,
            failed: 0,
            stageMs: meanOf(sums, latenciesMs.length),
            arrivalStageMs: arrivals.mean(),
          }
        : {
            latenciesMs: [],
            due: unknown,
            onTime: unknown,
            superseded: unknown,
            expired: unknown,
            failed: unknown,
            stageMs: noStages,
            arrivalStageMs: noStages,
          };
      reset();
      return noted;
    },
  };
}

type Sums = { -readonly [stage in keyof StageTimes]: number };

function zeroStages(): Sums {
  return { decode: 0, gate: 0, encode: 0, publish: 0, transport: 0, wait: 0, inference: 0, emit: 0 };
}

/** @param clockErrorMs goes into the one stage that begins on the edge's clock and ends on the cloud's */
function addStages(sums: Sums, frame: Frame, clockErrorMs: number): void {
  sums.decode += frame.decodeMs;
  sums.gate += calibration.gateMs;
  sums.encode += frame.encodeMs;
  sums.publish += (frame.publishedAtUs - frame.encodedAtUs) / 1e3 + clockErrorMs;
  sums.transport += (frame.receivedAtUs - frame.publishedAtUs) / 1e3;
  sums.wait += (frame.startedAtUs - frame.receivedAtUs) / 1e3;
  sums.inference += (frame.inferredAtUs - frame.startedAtUs) / 1e3;
  sums.emit += calibration.emitMs;
}

function meanOf(sums: Sums, count: number): StageTimes {
  if (count === 0) return noStages;
  const { decode, gate, encode, publish, transport, wait, inference, emit } = sums;
  return {
    decode: decode / count,
    gate: gate / count,
    encode: encode / count,
    publish: publish / count,
    transport: transport / count,
    wait: wait / count,
    inference: inference / count,
    emit: emit / count,
  };
}

/** Means over all frames that arrived, on the edge's clock as far as the edge: its wait for a core is in `decode`. */
function createArrivals() {
  const sums = { decode: 0, gate: 0, encode: 0, publish: 0, transport: 0 };
  let count = 0;
  return {
    add(frame: Frame, clockErrorMs: number): void {
      count += 1;
      const gate = calibration.gateMs * frame.slowness;
      sums.decode += (frame.encodedAtUs - frame.capturedAtUs) / 1e3 - gate - frame.encodeMs;
      sums.gate += gate;
      sums.encode += frame.encodeMs;
      sums.publish += (frame.publishedAtUs - frame.encodedAtUs) / 1e3 + clockErrorMs;
      sums.transport += (frame.receivedAtUs - frame.publishedAtUs) / 1e3;
    },
    mean(): ArrivalStageTimes {
      const of = (sum: number): number => (count > 0 ? sum / count : Number.NaN);
      const { decode, gate, encode, publish, transport } = sums;
      return {
        decode: of(decode),
        gate: of(gate),
        encode: of(encode),
        publish: of(publish),
        transport: of(transport),
      };
    },
  };
}
