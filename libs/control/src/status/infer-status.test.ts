import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultDeclaration } from '../declaration/default-declaration.ts';
import { dependencyGraph } from './dependency-graph.ts';
import type { InferenceState } from './infer-status.ts';
import { createStatusInference, inferStatus } from './infer-status.ts';
import type { CameraObservation, Observation, StageTimes } from '../observation/observation.ts';
import type { Status } from './status.ts';

const stages: StageTimes = { decode: 4, gate: 0.4, encode: 4, publish: 9, transport: 2, wait: 10, inference: 50, emit: 1 }; // prettier-ignore

interface Change {
  readonly stages?: Partial<StageTimes>;
  readonly roundTripMs?: number;
  readonly serviceMs?: number;
  readonly captured?: number;
  readonly madeWay?: number;
}

function cameraOf(
  site: string,
  index: number,
  { stages: own = {}, captured = 10, madeWay = 0 }: Change,
): CameraObservation {
  const stageMs = { ...stages, ...own };
  const latency = Object.values(stageMs).reduce((sum, ms) => sum + ms, 0);
  const count = captured;
  return {
    cameraId: `${site}/c${index}`,
    site,
    configVersion: 1,
    state: 'online',
    objectiveMs: 500,
    latenciesMs: Array.from({ length: count }, (_, i) => latency + (i % 3)),
    due: count,
    onTime: latency <= 500 ? count : 0,
    superseded: 0,
    expired: 0,
    failed: 0,
    captured,
    published: captured,
    discarded: madeWay,
    madeWay,
    publishedBytes: 9e5,
    stageMs,
    telemetryAgeMs: 200,
  };
}

/** Two sites of three cameras; the changes are of north. */
function secondOf(second: number, change: Change = {}): Observation {
  const sites = ['north', 'south'];
  return {
    atUs: second * 1e6,
    cameras: sites.flatMap((site) => [1, 2, 3].map((i) => cameraOf(site, i, site === 'north' ? change : {}))),
    sites: sites.map((site) => ({
      site,
      cpuShare: 0.4,
      uplinkBytesPerSecond: 3e6,
      uplinkQueueBytes: 0,
      brokerRoundTripMs: site === 'north' ? (change.roundTripMs ?? 20) : 20,
      clockOffsetMs: 5,
      clockErrorMs: 5,
      telemetryAgeMs: 200,
    })),
    inference: [
      {
        instance: 'inference-0',
        model: 'm',
        workers: 4,
        batch: 1,
        serviceMs: change.serviceMs ?? 50,
        busyShare: 0.7,
        mailboxDepth: 0,
        headAgeMs: 0,
        received: 60,
        analysed: 60,
        superseded: 0,
        expired: 0,
        telemetryAgeMs: 100,
      },
    ],
  };
}

function run(observations: readonly Observation[]): { state: InferenceState; statuses: Status[] } {
  let state = createStatusInference(defaultDeclaration(4));
  const statuses = observations.map((observation) => {
    const inferred = inferStatus(state, observation);
    state = inferred.state;
    return inferred.status;
  });
  return { state, statuses };
}

const seconds = (count: number, from: number, change?: Change): Observation[] =>
  Array.from({ length: count }, (_, index) => secondOf(from + index, change));

/** Blames at the end of half a minute of peace and four seconds of something else. */
const blamesOf = (change: Change) =>
  run([...seconds(30, 1), ...seconds(4, 31, change)]).statuses.at(-1)?.blames ?? [];

describe('the inference of status and causes', () => {
  it('blames nothing while every promise is kept', () => {
    const { statuses } = run(seconds(60, 1));
    expect(statuses.flatMap(({ blames }) => blames)).toEqual([]);
    expect(statuses.at(-1)?.slos.map(({ state }) => state)).toEqual(['kept', 'kept']);
  });

  it.each([
    ['uplink', 'north', { stages: { publish: 600 }, roundTripMs: 500 }],
    ['encode', 'north', { stages: { encode: 600 } }],
    ['edge-cpu', 'north', { stages: { decode: 400, gate: 40, encode: 400 } }],
    ['inference-compute', 'inference-0', { stages: { inference: 600 }, serviceMs: 600 }],
    ['clock', 'north', { stages: { transport: 800 } }],
    ['camera', 'north/c1', { captured: 0 }],
  ] satisfies [string, string, Change][])('blames %s at %s, with evidence in words', (cause, at, change) => {
    const [first] = blamesOf(change);
    expect(first).toMatchObject({ cause, at });
    expect(first?.evidence.map(({ text }) => text).join()).toMatch(/usually|is|moved/);
  });

  it('blames no clock when frames of a busy site wait for the answer to the request before theirs', () => {
    const busy = { stages: { publish: 60, wait: 600 }, roundTripMs: 60 };
    const { statuses } = run([
      ...seconds(30, 1, { stages: { publish: 32 }, roundTripMs: 60 }),
      ...seconds(4, 31, busy),
    ]);
    const blames = statuses.at(-1)?.blames ?? [];
    expect(blames[0]?.cause).toBe('mailbox');
    expect(blames.map(({ cause }) => cause)).not.toContain('clock');
  });

  describe('when the way to the cloud is slow', () => {
    /** All sites, their way, and what makes way at each of the six cameras in a second. */
    const slowWay = (second: number, madeWay: number): Observation => {
      const whole = secondOf(second);
      const slow = { stages: { publish: 600 }, roundTripMs: 500, madeWay };
      return {
        ...whole,
        cameras: whole.cameras.map(({ site, cameraId }) => cameraOf(site, Number(cameraId.at(-1)), slow)),
        sites: whole.sites.map((site) => ({ ...site, brokerRoundTripMs: 500 })),
      };
    };
    const causesOf = (observations: readonly Observation[]): string[] =>
      run(observations)
        .statuses.at(-1)
        ?.blames.map(({ cause }) => cause) ?? [];

    it('sees that too many frames come also where the surplus makes way at the edge', () => {
      const slow = Array.from({ length: 4 }, (_, index) => slowWay(31 + index, 15));
      expect(causesOf([...seconds(30, 1), ...slow]).toSorted()).toEqual(['broker', 'mailbox']);
    });

    it('blames no load for the usual number of frames, or for what a silent site tells at once', () => {
      const usual = Array.from({ length: 4 }, (_, index) => slowWay(31 + index, 1));
      expect(causesOf([...seconds(30, 1), ...usual])).toEqual(['broker']);
      const silent = Array.from({ length: 10 }, (_, index): Observation => {
        const whole = slowWay(31 + index, Number.NaN);
        const telemetryAgeMs = 1000 * (1 + index);
        return {
          ...whole,
          cameras: whole.cameras.map((camera) => ({ ...camera, telemetryAgeMs })),
          sites: whole.sites.map((site) => ({ ...site, telemetryAgeMs })),
        };
      });
      expect(causesOf([...seconds(30, 1), ...silent, slowWay(41, 100)])).not.toContain('mailbox');
    });
  });

  it('says how much a stage takes, and how much it usually does', () => {
    const [first] = blamesOf({ stages: { publish: 612 }, roundTripMs: 500 });
    expect(first?.evidence.map(({ text }) => text)).toContain('publish from north 612 ms, usually 9 ms');
  });

  it('takes a camera that vanished for a silent one, and mourns it for five minutes', () => {
    const without = (second: number): Observation => {
      const whole = secondOf(second);
      return { ...whole, cameras: whole.cameras.filter(({ cameraId }) => cameraId !== 'north/c1') };
    };
    const { statuses, state } = run([
      ...seconds(10, 1),
      ...Array.from({ length: 400 }, (_, index) => without(11 + index)),
    ]);
    expect(statuses[20]?.slos[1]).toMatchObject({ state: 'violated', cameras: ['north/c1'] });
    expect(statuses.at(-1)?.slos[1]).toMatchObject({ state: 'kept', cameras: [] });
    expect(state.cameras.map(({ cameraId }) => cameraId)).not.toContain('north/c1');
  });

  it('counts a camera that is told of twice once', () => {
    const twice = (observation: Observation): Observation => ({
      ...observation,
      cameras: observation.cameras.flatMap((camera) => [camera, camera]),
    });
    const observations = [...seconds(10, 1), ...seconds(3, 11, { stages: { encode: 600 } })];
    expect(run(observations.map(twice)).statuses).toEqual(run(observations).statuses);
  });

  it('remembers no more after an hour than after two minutes', () => {
    const sizeAfter = (count: number): number => JSON.stringify(run(seconds(count, 1)).state.history).length;
    expect(sizeAfter(3600)).toBeLessThan(1.1 * sizeAfter(130));
  });

  it('whatever it is told: gives the same twice, blames only in danger, and never without evidence', () => {
    const odd = fc.constantFrom(Number.NaN, -5, 0, 3, 700, Infinity, -Infinity);
    const change = fc.record({
      stages: fc.record({ publish: odd, encode: odd, transport: odd, wait: odd, inference: odd }),
      roundTripMs: odd,
      serviceMs: odd,
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const observations = [...seconds(12, 1), ...changes.map((one, index) => secondOf(13 + index, one))];
        const { statuses } = run(observations);
        expect(run(observations).statuses).toEqual(statuses);
        for (const { slos, blames } of statuses) {
          if (slos.every(({ state }) => state === 'kept')) expect(blames).toEqual([]);
          for (const { evidence, confidence } of blames) {
            expect(evidence.length).toBeGreaterThan(0);
            expect(confidence).toBeGreaterThan(0);
            expect(confidence).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('draws the stages of each site as a graph, with what they take', () => {
    const { state } = run([
      ...seconds(30, 1),
      ...seconds(6, 31, { stages: { publish: 600 }, roundTripMs: 500 }),
    ]);
    const edge = dependencyGraph(state).edges.find(({ to }) => to === 'uplink@north');
    expect(edge).toMatchObject({ from: 'results@north', usualMs: 9, valueMs: 600, lagSeconds: 0 });
    expect(edge?.correlation).toBeCloseTo(1);
  });
});
