import type { Server, Socket } from 'node:net';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import type { MessageBus } from '@framegate/message-bus';
import { eventually, need } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKafkaBus } from '../src/index.ts';
import { startPairProxy } from './pair-proxy-fixture.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');

/** Longer than the test: no request gives up by itself. */
const requestTimeoutMs = 600_000;

/**
 * A path that is cut as a cable is: nothing arrives and nobody is told. What was open then stays silent when the path is
 * back, as TCP's next attempt may be a minute away.
 */
describe.skipIf(!hasBroker)('after a path was cut', () => {
  let broker: TestBroker;
  let proxy: Server;
  let isCut = false;
  const pairs: [Socket, Socket][] = [];
  let bus: MessageBus;

  const silence = (socket: Socket): void => void socket.unpipe().pause();

  beforeAll(async () => {
    broker = await startTestBroker(async (target) => {
      const started = await startPairProxy(target, (client, upstream) => {
        if (isCut) return;
        client.pipe(upstream).pipe(client);
        pairs.push([client, upstream]);
      });
      proxy = started.server;
      return started.port;
    });
    bus = createKafkaBus({
      brokers: broker.proxiedBrokers,
      clientId: 'test',
      requestTimeoutMs,
      probeIntervalMs: 100,
      probeTimeoutMs: 500,
      longOutageMs: 0,
    });
    await bus.ensureTopics([{ name: 'frames', partitions: 1 }]);
  });
  afterAll(async () => {
    await bus.close({ drainTimeoutMs: 0 });
    await broker.stop();
    proxy.close();
  });

  it('messages flow again in both directions over new connections, each once', async () => {
    const heard: number[] = [];
    await bus.subscribe({
      topics: ['frames'],
      group: null,
      from: 'earliest',
      handler: async ({ body }) => void heard.push(body[0] ?? -1),
    });
    const producer = await bus.producer();
    const send = (number: number) =>
      producer.send('frames', { key: 'x', headers: {}, body: new Uint8Array([number]) });
    await send(0);
    await eventually(() => heard.length === 1);

    isCut = true;
    for (const [client, upstream] of pairs.splice(0)) [client, upstream].forEach(silence);
    const sent = send(1);
    await eventually(() => bus.state() === 'reconnecting');
    isCut = false;
    await sent;
    await send(2);
    await eventually(() => heard.length >= 3);
    expect(heard).toEqual([0, 1, 2]);
  });
});
