import type { CameraConfig, DecisionRecord } from '@framegate/contracts';
import {
  cameraConfigEvent,
  cameraIntentEvent,
  cloudTopics,
  decisionEvent,
  detectionEvent,
  edgeTelemetryEvent,
  inferenceTelemetryEvent,
  outcomeEvent,
  siteTelemetryTopic,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import { defaultDeclaration } from '@framegate/control';
import { InProcessBus } from '@framegate/message-bus';
import type { Scaler } from '@framegate/scaling';
import { ScalingError } from '@framegate/scaling';
import { createHealth, createLogger, createMetrics } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import { createInProcessStore } from '@framegate/state-store';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControllerDeps } from '../src/app.ts';
import type { Controller } from '../src/index.ts';
import { startController } from '../src/index.ts';
import { controlStatus } from '../src/control-status.ts';
import type { ProfileRule } from '../src/profile-files.ts';
import { aDetection, anEdge, anInference, anIntent } from './messages-fixture.ts';

let bus: InProcessBus;
let store: StateStore;
let nowUs: number;
let controllers: Controller[];
let configs: CameraConfig[];
let decisions: DecisionRecord[];
let seq: number;

beforeEach(async () => {
  bus = new InProcessBus();
  store = createInProcessStore(() => performance.now());
  nowUs = 1e15;
  [controllers, configs, decisions, seq] = [[], [], [], 0];
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('s', 1)]);
  await bus.subscribe({
    topics: [topicNames.cameraConfig, topicNames.decisions],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      if (delivery.topic === topicNames.decisions) decisions.push(decisionEvent.decode(delivery));
      else configs.push(cameraConfigEvent.decode(delivery));
    },
  });
  const producer = await bus.producer();
  await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(anIntent));
});
afterEach(async () => {
  for (const controller of controllers) await controller.close();
  await bus.close();
});

async function start(
  profiles: readonly ProfileRule[] = [],
  change: Partial<Pick<ControllerDeps, 'scaling' | 'declaration' | 'metrics'>> = {},
): Promise<Controller> {
  const controller = await startController({
    bus,
    store,
    nowUs: () => nowUs,
    partitions: 1,
    cores: 1,
    profiles: () => profiles,
    holder: `holder ${controllers.length}`,
    stepEveryMs: 5,
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics(),
    ...change,
    health: createHealth(['bus', 'directory']),
  });
  controllers.push(controller);
  await eventually(() => configs.length > 0);
  return controller;
}

/** Seconds of a camera whose results take `latencyMs`; beyond the objective because its worker is three times slower. */
async function live(controller: Controller, seconds: number, latencyMs: number): Promise<void> {
  const producer = await bus.producer();
  const serviceMs = latencyMs > 500 ? 150 : 45;
  for (let second = 0; second < seconds; second++) {
    nowUs += 1e6;
    const version = configs.at(-1)?.version ?? 0;
    const framesPerSecond = configs.at(-1)?.framesPerSecond ?? 10;
    const sent: Promise<unknown>[] = [];
    for (let frame = 0; frame < framesPerSecond; frame++) {
      seq += 1;
      const detection = aDetection({
        seq,
        configVersion: version,
        emittedUs: nowUs - 1000 * frame,
        latencyMs,
        serviceMs,
      });
      const { cameraId, epoch, kind, objectiveMs, timesUs } = detection;
      const outcome = { cameraId, epoch, seq, kind, objectiveMs, capturedAtUs: timesUs.captured, outcome: 'analysed', atUs: timesUs.emitted } as const; // prettier-ignore
      sent.push(producer.send(topicNames.detections, detectionEvent.encode(detection)));
      sent.push(producer.send(topicNames.outcomes, outcomeEvent.encode(outcome)));
    }
    const waitingMs = latencyMs > 500 ? latencyMs : 0;
    const inference = anInference({ atUs: nowUs, received: seq, serviceMs, waitingMs });
    sent.push(producer.send(topicNames.telemetry, inferenceTelemetryEvent.encode(inference)));
    const edge = anEdge({ atUs: nowUs, configVersion: version, published: seq });
    sent.push(producer.send(siteTelemetryTopic('s'), edgeTelemetryEvent.encode(edge)));
    await Promise.all(sent);
    await eventually(() => {
      const seen = controller.snapshot()?.observation;
      return seen?.atUs === nowUs && seen.cameras[0]?.telemetryAgeMs === 0;
    });
  }
}

const pressure = (config: CameraConfig) => config.framesPerSecond * config.width;

describe('the control loop', () => {
  it('leaves a camera at what its operator wants while the promise is kept', async () => {
    const controller = await start();
    await live(controller, 20, 120);
    expect(configs.map(({ framesPerSecond, width }) => [framesPerSecond, width])).toEqual([[10, 1280]]);
  });

  it('tells a camera what is declared of it where its operator wants something else', async () => {
    const { slos, ...rest } = defaultDeclaration(1);
    const loose = slos.map((slo) => (slo.sli === 'latency' ? { ...slo, objective: 2000 } : slo));
    await start([], { declaration: () => ({ ...rest, slos: loose }) });
    expect(configs.at(-1)?.objectiveMs).toBe(2000);
  });

  it('asks less of a camera whose results are late, and says why', async () => {
    const controller = await start();
    await live(controller, 5, 120);
    await live(controller, 12, 900);
    const last = configs.at(-1)!;
    expect(pressure(last)).toBeLessThan(10 * 1280);
    expect(last.reason).not.toBe('first configuration');
    const [decision] = decisions;
    expect(decision).toMatchObject({ effect: 'applied', subjects: ['s/a'], sli: 'latency' });
    expect(decision?.value).toBeGreaterThan(500);
    expect(last.reason).toContain('s/a');
  });

  it('moves a camera along the profile that was measured for it, and names that in its status', async () => {
    const at = (width: number, accuracy: number) =>
      [1, 5, 10].map((framesPerSecond) => ({
        framesPerSecond,
        width,
        quality: 80,
        model: 'm',
        accuracy: accuracy * (framesPerSecond / 10) ** 0.2,
        bytesPerFrame: 60 * width,
        serviceMs: width / 20,
      }));
    const profile = { name: 'yard', points: [...at(700, 0.98), ...at(1280, 1)] };
    const controller = await start([{ cameras: 's/*', profile }]);
    await live(controller, 5, 120);
    await live(controller, 12, 900);
    expect(pressure(configs.at(-1)!)).toBeLessThan(10 * 1280);
    for (const { width } of configs) expect([700, 1280]).toContain(width);
    expect(controlStatus(controller.snapshot())).toMatchObject({
      cameras: [{ cameraId: 's/a', profile: 'yard' }],
    });
  });

  it('asks the scaler for replicas when the workers are short for half a minute, though it refuses at first', async () => {
    const asked: number[] = [];
    const scaler: Scaler = {
      read: async () => ({ wanted: 1, existing: 1 }),
      async scale(replicas) {
        asked.push(replicas);
        if (asked.length === 1) throw new ScalingError('UNREACHABLE', 'the API server is away');
        return { wanted: replicas, existing: 1 };
      },
      close: async () => {},
    };
    const scaling = { owner: 'controller', scaler, least: 1, most: 4 } as const;
    const controller = await start([], { scaling });
    await live(controller, 80, 900);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.every((replicas) => replicas > 1 && replicas <= 4)).toBe(true);
    expect(decisions).toContainEqual(expect.objectContaining({ loop: 'capacity', lever: 'replicas' }));
  });

  it('only says what it would do when it is to advise, and does it when it may act again', async () => {
    const controller = await start();
    await controller.act({ kind: 'mode', mode: 'advise', by: 'ada', reason: 'a trial' });
    await live(controller, 5, 120);
    await live(controller, 12, 900);
    expect(decisions.some(({ effect }) => effect === 'advised')).toBe(true);
    expect(configs).toHaveLength(1);

    await controller.act({ kind: 'mode', mode: 'act', by: 'ada', reason: '' });
    await live(controller, 12, 900);
    expect(pressure(configs.at(-1)!)).toBeLessThan(10 * 1280);
  });

  it('does nothing while it is paused', async () => {
    const controller = await start();
    await controller.act({ kind: 'mode', mode: 'pause', by: 'ada', reason: '' });
    await live(controller, 15, 900);
    expect(configs).toHaveLength(1);
    expect(decisions).toMatchObject([
      { loop: 'operator', to: 'pause', reason: 'ada: the loops are set to pause' },
    ]);
  });

  it('holds a pinned lever through trouble, and gives it back', async () => {
    const controller = await start();
    await live(controller, 5, 120);
    const pin = { lever: 'frame-rate', cameras: 's/*', by: 'ada', reason: 'evidence' } as const;
    await controller.act({ kind: 'pin', value: 9, ...pin });
    await live(controller, 12, 900);
    expect(configs.slice(1).map(({ framesPerSecond }) => framesPerSecond)).toEqual(
      configs.slice(1).map(() => 9),
    );
    await controller.act({ kind: 'unpin', ...pin });
    await live(controller, 5, 900);
    expect(configs.at(-1)?.framesPerSecond).toBeLessThan(9);
    expect(decisions.filter(({ loop }) => loop === 'operator').map(({ from, to }) => [from, to])).toEqual([
      ['free', '9'],
      ['9', 'free'],
    ]);
  });

  it.each([
    ['frame-rate', 9],
    ['frame-rate', 10],
    ['frame-rate', 40],
    ['resolution', 1100],
    ['jpeg-quality', 95],
  ] as const)(
    'leaves %s alone while it is pinned to %s, and blames no camera for it',
    async (lever, value) => {
      const controller = await start();
      await live(controller, 5, 120);
      await controller.act({ kind: 'pin', lever, value, cameras: 's/*', by: 'ada', reason: '' });
      await live(controller, 15, 900);
      await live(controller, 15, 120);
      const field = {
        'frame-rate': 'framesPerSecond',
        resolution: 'width',
        'jpeg-quality': 'quality',
      } as const;
      expect(configs.at(-1)?.[field[lever]]).toBe(value);
      const unit = {
        'frame-rate': /to \d+ frames\/s/,
        resolution: /to \d+ px/,
        'jpeg-quality': /to quality|quality \d/,
      }[lever];
      const reasons = decisions.filter(({ loop }) => loop !== 'operator').map(({ reason }) => reason);
      for (const reason of reasons) expect(reason).not.toMatch(unit);
      expect(reasons.join()).not.toContain('does not obey');
    },
  );

  it('gives no camera more than is wanted of it, and so decides nothing while there is room', async () => {
    const producer = await bus.producer();
    const wanted = { ...anIntent.wanted, framesPerSecond: 5, width: 640 };
    await producer.send(
      topicNames.cameraIntent,
      cameraIntentEvent.encode({ ...anIntent, revision: 1, wanted }),
    );
    const controller = await start();
    await live(controller, 30, 120);
    expect(configs.at(-1)).toMatchObject({ framesPerSecond: 5, width: 640 });
    expect(decisions).toEqual([]);
  });

  it('goes on where the last leader ended: settings, pins and mode', async () => {
    const first = await start();
    await live(first, 5, 120);
    await live(first, 12, 900);
    await first.act({ kind: 'pin', lever: 'jpeg-quality', cameras: '*', value: 55, by: 'ada', reason: '' });
    await eventually(() => configs.at(-1)?.quality === 55);
    const left = configs.at(-1)!;
    await controllers.shift()?.close();

    const second = await start();
    await eventually(() => second.snapshot() !== null);
    await live(second, 7, 900);
    expect(second.snapshot()?.operator.pins).toMatchObject([{ lever: 'jpeg-quality', value: 55 }]);
    const after = configs.filter(({ token }) => token > left.token);
    for (const config of after) expect(pressure(config)).toBeLessThanOrEqual(pressure(left));
  });

  it('judges only its own seconds when it takes over, not all that came while it stood by', async () => {
    const first = await start();
    const metrics = createMetrics();
    const second = await start([], { metrics });
    await live(first, 20, 120);
    await controllers.shift()?.close();
    await eventually(() => second.snapshot() !== null);
    await live(second, 2, 120);
    const due = /^framegate_slo_due_frames_total\{[^}]*\} (\d+)$/m.exec(
      await metrics.registry.metrics(),
    )?.[1];
    expect(Number(due)).toBeGreaterThan(0);
    expect(Number(due)).toBeLessThanOrEqual(30);
  });
});
