import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Frame } from '@framegate/contracts';
import {
  cameraIntentEvent,
  detectionEvent,
  encodeFrame,
  framesTopic,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus, Producer } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { eventually, need } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodePicture } from '../src/protocol/picture-message.ts';
import { startConsoleProcess } from './console-process-fixture.ts';
import { detectionOf, frameOf, intentOf } from './frames-fixture.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const patience = { timeoutMs: 60_000, everyMs: 200 };
const historySchema = z.object({
  promises: z.array(z.object({ target: z.number() })),
  points: z.array(z.object({ atUs: z.number(), results: z.number() })),
});
const stateSchema = z.object({ type: z.string(), troubles: z.array(z.string()).optional() });

describe.skipIf(!hasBroker)('the console by itself, over a real broker', () => {
  let folder: string;
  let broker: TestBroker;
  let bus: MessageBus;
  let producer: Producer;
  let child: ChildProcess;
  let url: string;

  const start = async (): Promise<void> => {
    ({ child, url } = await startConsoleProcess(
      {
        KAFKA_BROKERS: broker.brokers.join(','),
        FRAMEGATE_HISTORY: join(folder, 'history.db'),
        FRAMEGATE_SLO_FILE: join(folder, 'slo.yaml'),
      },
      patience,
    ));
  };
  const promise = (target: number): void =>
    writeFileSync(
      join(folder, 'slo.yaml'),
      `schema: framegate.slo/1\nslos:\n  - { name: latency, sli: latency, objective: 500, target: ${target} }\n`,
    );
  const history = async () =>
    historySchema.parse(await (await fetch(`${url}/v1/promise/history?seconds=900`)).json());

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'framegate-console-'));
    promise(0.9);
    broker = await startTestBroker();
    // On a broker that has no topic yet, as when the console is the first that is started.
    await start();
    bus = createKafkaBus({ brokers: broker.brokers, clientId: 'test' });
    await bus.ensureTopics(siteTopics('north', 1));
    producer = await bus.producer();
    await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(intentOf('north/door')));
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await bus?.close();
    await broker?.stop();
    rmSync(folder, { recursive: true });
  });

  let seq = 0;
  async function see(): Promise<void> {
    seq += 1;
    const frame: Frame = frameOf(seq, { capturedAtUs: Date.now() * 1000 });
    await producer.send(framesTopic('north'), encodeFrame(frame));
    await producer.send(topicNames.detections, detectionEvent.encode(detectionOf(frame)));
  }
  /** A browser that looks at the camera. */
  async function look() {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/live`);
    socket.binaryType = 'arraybuffer';
    const seen = { pictures: 0, troubles: [''] };
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      if (data instanceof ArrayBuffer) {
        seen.pictures += 1;
        socket.send(JSON.stringify({ type: 'drawn', number: decodePicture(data).header.number }));
      } else seen.troubles = stateSchema.parse(JSON.parse(String(data))).troubles ?? seen.troubles;
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'watch', cameras: ['north/door'] }));
    return { seen, close: () => socket.close() };
  }

  it('shows what cameras see, and keeps the promise that the SLO file declares, also when that changes', async () => {
    const viewer = await look();
    await eventually(async () => {
      await see();
      return viewer.seen.pictures > 2;
    }, patience);
    viewer.close();
    await eventually(async () => (await history()).points.some(({ results }) => results > 0), patience);
    expect((await history()).promises).toMatchObject([{ target: 0.9 }]);
    promise(0.8);
    await eventually(async () => (await history()).promises[0]?.target === 0.8, patience);
  });

  it('says that its history is locked while live pictures go on, and goes on with it once it is free', async () => {
    const viewer = await look();
    await eventually(() => viewer.seen.troubles.length === 0, patience);
    const other = new DatabaseSync(join(folder, 'history.db'));
    other.exec('BEGIN EXCLUSIVE');
    await eventually(async () => {
      await see();
      return viewer.seen.troubles.some((trouble) => trouble.includes('locked by another process'));
    }, patience);
    const before = viewer.seen.pictures;
    await eventually(async () => {
      await see();
      return viewer.seen.pictures > before + 2;
    }, patience);
    other.exec('ROLLBACK');
    other.close();
    await eventually(() => viewer.seen.troubles.length === 0, patience);
    expect(viewer.seen.pictures).toBeGreaterThan(before);
    viewer.close();
  });

  it('shows after a kill what was before it', async () => {
    const kept = new DatabaseSync(join(folder, 'history.db'), { readOnly: true });
    const count = kept.prepare("SELECT count(*) AS seconds FROM samples WHERE series = 'latencyMs'");
    await eventually(async () => {
      await see();
      return Number(count.get()?.['seconds']) > 0;
    }, patience);
    kept.close();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const killedAtUs = Date.now() * 1000;
    await start();
    await eventually(
      async () => (await history()).points.some(({ atUs, results }) => atUs < killedAtUs && results > 0),
      patience,
    );
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
