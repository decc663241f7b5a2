import type { CameraConfig, CameraIntent, SiteAnnouncement } from '../src/camera-config.ts';
import type { ClockReply, ClockRequest } from '../src/clock.ts';
import type { DecisionRecord } from '../src/decision.ts';
import type { InferenceConfig } from '../src/inference-config.ts';
import type { Detection } from '../src/detection.ts';
import type { Frame } from '../src/frame.ts';
import type { EdgeFates, Outcome } from '../src/outcome.ts';
import type { EdgeTelemetry, InferenceTelemetry } from '../src/telemetry.ts';

const cameraId = 'north/door';
const epoch = 1_767_225_600;
const seq = 1042;
const capturedAtUs = 1_767_225_704_200_000;
const objectiveMs = 500;
const model = 'yolox-nano-416';

export const frame: Frame = {
  cameraId,
  epoch,
  seq,
  kind: 'live',
  capturedAtUs,
  gatedAtUs: capturedAtUs + 6_100,
  encodedAtUs: capturedAtUs + 13_200,
  publishedAtUs: capturedAtUs + 14_000,
  objectiveMs,
  configVersion: 3,
  width: 960,
  height: 540,
  sourceWidth: 1280,
  sourceHeight: 720,
  regions: [
    [412, 300, 44, 118],
    [880, 340, 160, 84],
  ],
  score: 0.42,
  work: { decodeMs: 4.75, gateMs: 0.8, encodeMs: 6.8 },
  clock: { offsetUs: -1_250, errorUs: 1_700 },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  jpeg: Uint8Array.of(0xff, 0xd8),
};

export const clockRequest: ClockRequest = {
  site: 'north',
  instance: 'edge-1',
  sentAtUs: capturedAtUs,
};

export const clockReply: ClockReply = {
  ...clockRequest,
  receivedAtUs: capturedAtUs + 450,
  repliedAtUs: capturedAtUs + 610,
};

export const decision: DecisionRecord = {
  id: '7/42',
  atUs: capturedAtUs,
  loop: 'fast',
  effect: 'applied',
  slo: 'latency',
  sli: 'latency',
  value: 812,
  objective: objectiveMs,
  cause: 'uplink',
  at: 'north',
  lever: 'frame-rate',
  subjects: [cameraId],
  from: '10 frames/s, 1280 px, quality 80',
  to: '5 frames/s, 960 px, quality 65',
  reason: 'p95 812 ms of 500 ms at north: the uplink is narrow, so 1 camera sends less',
};

export const inferenceConfig: InferenceConfig = {
  token: 7,
  version: 3,
  models: { [model]: { batch: 4, workers: 2 } },
  reason: 'p95 612 ms of 500 ms: frames wait for workers, so yolox-nano-416 goes from 1 to 2',
};

export const detection: Detection = {
  cameraId,
  epoch,
  seq,
  kind: 'live',
  model: { id: model, sha256: '695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14' },
  configVersion: 3,
  objectiveMs,
  sourceWidth: 1280,
  sourceHeight: 720,
  objects: [{ box: [414.2, 301.8, 40.6, 114.3], className: 'person', score: 0.8731, zones: ['entrance'] }],
  gate: { score: 0.42, regions: [[412, 300, 44, 118]] },
  frameBytes: 61_440,
  batchSize: 1,
  timesUs: {
    captured: capturedAtUs,
    gated: capturedAtUs + 6_100,
    encoded: capturedAtUs + 13_200,
    published: capturedAtUs + 14_000,
    received: capturedAtUs + 17_400,
    started: capturedAtUs + 18_000,
    inferred: capturedAtUs + 61_000,
    emitted: capturedAtUs + 61_300,
  },
  workMs: { decode: 4.75, gate: 0.8, encode: 6.8, jpegDecode: 4.6, inference: 38.1 },
};

export const outcome: Outcome = {
  cameraId,
  epoch,
  seq,
  kind: 'live',
  arrivalMs: { decode: 5.2, gate: 0.8, encode: 6.8, send: 0.8, carry: 3.4 },
  outcome: 'analysed',
  capturedAtUs,
  objectiveMs,
  atUs: capturedAtUs + 61_300,
};

export const edgeFates: EdgeFates = {
  cameraId,
  epoch,
  record: 104,
  runs: [
    [1033, 1041, 'stopped'],
    [1042, 1042, 'published'],
    [1043, 1043, 'discarded:busAway'],
  ],
  spooled: [[1044, 1049]],
  final: false,
  atUs: capturedAtUs + 800_000,
};

export const intent: CameraIntent = {
  cameraId,
  revision: 2,
  motionMasks: [],
  privacyMasks: [
    {
      name: 'neighbour',
      polygon: [
        [0, 0],
        [0.25, 0],
        [0.25, 0.4],
      ],
    },
  ],
  zones: [
    {
      name: 'entrance',
      polygon: [
        [0.2, 0.3],
        [0.6, 0.3],
        [0.6, 1],
        [0.2, 1],
      ],
    },
  ],
  classes: ['person', 'car'],
  objectiveMs,
  preRollSeconds: 1,
  postRollSeconds: 2,
  keepAliveSeconds: 10,
  watching: 'packets',
  wanted: { framesPerSecond: 10, width: 960, quality: 80, motionSensitivity: 50, model },
};

export const config: CameraConfig = {
  cameraId,
  token: 1,
  version: 3,
  intentRevision: 2,
  partition: 1,
  framesPerSecond: 10,
  width: 960,
  quality: 80,
  motionSensitivity: 50,
  model,
  objectiveMs: 2000,
  reason: 'the intent of north/door is now at revision 2',
};

export const site: SiteAnnouncement = {
  site: 'north',
  timezone: 'Europe/Berlin',
  cameras: [{ cameraId, source: 'rtsp://192.0.2.10/stream1' }],
  atUs: epoch * 1e6,
};

export const edgeTelemetry: EdgeTelemetry = {
  site: 'north',
  instance: 'edge-1',
  atUs: capturedAtUs + 800_000,
  cameras: [
    {
      cameraId,
      epoch,
      state: 'online',
      reason: '',
      sourceWidth: 1280,
      sourceHeight: 720,
      configVersion: 3,
      counts: {
        captured: 1050,
        stopped: 900,
        sampledOut: 0,
        published: 140,
        backfilled: 0,
        spooled: 0,
        held: 5,
        encoding: 1,
        discarded: { busAway: 4 },
      },
      publishedBytes: 8_601_600,
    },
  ],
};

export const inferenceTelemetry: InferenceTelemetry = {
  instance: 'inference-1',
  atUs: capturedAtUs + 900_000,
  model,
  counts: {
    delivered: 141,
    duplicates: 1,
    quarantined: 0,
    received: 140,
    analysed: 131,
    superseded: 7,
    expired: 1,
    failed: 0,
    inFlight: 1,
  },
  mailboxDepth: 0,
  headAgeMs: 0,
  serviceMs: 43,
};
