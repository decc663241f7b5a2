import { describe, expect, it } from 'vitest';
import type { CameraConfig } from './camera-config.ts';
import { cameraConfigEvent, supersedes } from './camera-config.ts';
import type { DecisionRecord } from './decision.ts';
import { decisionEvent } from './decision.ts';
import type { Detection } from './detection.ts';
import { detectionEvent, latencyMs, overheadMs } from './detection.ts';
import { ContractError } from './event.ts';
import { nextEpoch } from './frame-id.ts';
import { edgeFatesEvent } from './outcome.ts';
import { topicCarriesCamera } from './topics.ts';

const decision: DecisionRecord = {
  id: '1/2',
  atUs: 1,
  loop: 'fast',
  effect: 'applied',
  slo: 'latency',
  sli: 'latency',
  value: 800,
  objective: 500,
  cause: 'uplink',
  at: 'north',
  lever: 'frame-rate',
  subjects: ['north/a', 'north/b'],
  from: '10/s',
  to: '5/s',
  reason: 'the uplink is narrow',
};

describe('a decision', () => {
  it('is read with and without the changes of single cameras', () => {
    const changes = [
      { subjects: ['north/a'], from: '10/s', to: '5/s' },
      { subjects: ['north/b'], from: '8/s', to: '5/s' },
    ];
    for (const record of [decision, { ...decision, changes }])
      expect(decisionEvent.decode(decisionEvent.encode(record))).toEqual(record);
  });
});

const detection: Detection = {
  cameraId: 'north/door',
  epoch: 3,
  seq: 7,
  kind: 'live',
  model: { id: 'street-nano', sha256: 'ab' },
  configVersion: 1,
  objectiveMs: 500,
  sourceWidth: 1280,
  sourceHeight: 720,
  objects: [{ box: [1.5, 2, 30, 80], className: 'person', score: 0.9, zones: ['gate'] }],
  gate: { score: 0.4, regions: [[1, 2, 30, 80]] },
  frameBytes: 1000,
  batchSize: 1,
  timesUs: {
    captured: 1_000_000,
    gated: 1_005_000,
    encoded: 1_010_000,
    published: 1_011_000,
    received: 1_012_000,
    started: 1_013_000,
    inferred: 1_040_000,
    emitted: 1_041_000,
  },
  workMs: { decode: 4, gate: 1, encode: 5, jpegDecode: 5, inference: 20 },
};

const config: CameraConfig = {
  cameraId: 'north/door',
  token: 2,
  version: 5,
  intentRevision: 0,
  partition: 1,
  framesPerSecond: 10,
  width: 1280,
  quality: 80,
  motionSensitivity: 50,
  model: 'street-nano',
  reason: 'the site file',
};

describe('an event with a JSON body', () => {
  it('reads back as it was written, under a CloudEvents id', () => {
    const message = detectionEvent.encode(detection);
    expect(message.headers['ce_id']).toBe('north/door/3/7');
    expect(message.headers['ce_type']).toBe('io.framegate.detection.v1');
    expect(detectionEvent.decode(message)).toEqual(detection);
  });

  it('drops fields that this version does not know', () => {
    const message = detectionEvent.encode(detection);
    const body = new TextEncoder().encode(JSON.stringify({ ...detection, novelty: 1 }));
    expect(detectionEvent.decode({ ...message, body })).toEqual(detection);
  });

  it('is refused when the body is no JSON, too large or of another shape', () => {
    const { headers } = detectionEvent.encode(detection);
    const refused = (body: Uint8Array) => () => detectionEvent.decode({ headers, body });
    expect(refused(new Uint8Array([0xff, 0x00]))).toThrow('not JSON');
    expect(refused(new TextEncoder().encode('{}'))).toThrow(ContractError);
    expect(refused(new Uint8Array(2 * 1024 * 1024))).toThrow('at most');
  });

  it('names every field that is wrong', () => {
    const { headers } = detectionEvent.encode(detection);
    const body = new TextEncoder().encode(JSON.stringify({ ...detection, seq: -1, kind: 'x' }));
    expect(() => detectionEvent.decode({ headers, body })).toThrow(/seq: .*; kind: /);
  });

  it('takes discarded fates with their reason and no others', () => {
    const fates = { cameraId: 'a/b', epoch: 1, record: 1, final: false, atUs: 1 };
    const message = edgeFatesEvent.encode({
      ...fates,
      runs: [
        [1, 5, 'stopped'],
        [6, 6, 'discarded:busAway'],
      ],
    });
    expect(edgeFatesEvent.decode(message).runs).toHaveLength(2);
    const body = new TextEncoder().encode(JSON.stringify({ ...fates, runs: [[1, 1, 'vanished']] }));
    expect(() => edgeFatesEvent.decode({ ...message, body })).toThrow('runs.0.2');
  });
});

describe('a latency', () => {
  it('runs from capture to emission, and its overhead leaves out the work of the stages', () => {
    expect(latencyMs(detection)).toBe(41);
    expect(overheadMs(detection)).toBe(6);
  });
});

describe('a camera configuration', () => {
  it('is replaced by a higher version, and by any version of a later leader', () => {
    expect(supersedes({ ...config, version: 6 }, config)).toBe(true);
    expect(supersedes({ ...config, token: 3, version: 0 }, config)).toBe(true);
    expect(supersedes(config, undefined)).toBe(true);
  });

  it('is not replaced by itself, by an older version or by a deposed leader', () => {
    expect(supersedes(config, config)).toBe(false);
    expect(supersedes({ ...config, version: 4 }, config)).toBe(false);
    expect(supersedes({ ...config, token: 1, version: 99 }, config)).toBe(false);
  });

  it('keeps its key, so that compaction keeps the newest of each camera', () => {
    expect(cameraConfigEvent.encode(config).key).toBe('north/door');
  });
});

describe('an epoch', () => {
  it('grows with each start, also after the store or the clock was lost', () => {
    expect(nextEpoch(0, 1_700_000_000_500_000)).toBe(1_700_000_000);
    expect(nextEpoch(1_800_000_000, 1_700_000_000_000_000)).toBe(1_800_000_001);
  });
});

describe('a frames topic', () => {
  it('carries the cameras of its own site only', () => {
    expect(topicCarriesCamera('framegate.frames.north', 'north/door')).toBe(true);
    expect(topicCarriesCamera('framegate.frames.north', 'south/door')).toBe(false);
    expect(topicCarriesCamera('framegate.frames.north', 'north-2/door')).toBe(false);
  });
});
