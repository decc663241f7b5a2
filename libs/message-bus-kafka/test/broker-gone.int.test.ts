import type { Server } from 'node:net';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import { need } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKafkaBus } from '../src/index.ts';
import { startPairProxy } from './pair-proxy-fixture.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');

/** Of Kafka's protocol: a request is its size (int32), then the key of what it asks for (int16). */
const metadataKey = 3;
const keyOffset = 4;

describe.skipIf(!hasBroker)('a question to a broker that goes away meanwhile', () => {
  let broker: TestBroker;
  let proxy: Server;
  /** Which question about topics, counted from now on, ends its connection; 0: none. */
  let fatalQuestion = 0;

  beforeAll(async () => {
    broker = await startTestBroker(async (target) => {
      const started = await startPairProxy(target, (client, upstream) => {
        upstream.pipe(client);
        client.on('data', (request: Buffer) => {
          if (request.readInt16BE(keyOffset) === metadataKey && --fatalQuestion === 0) client.destroy();
          else upstream.write(request);
        });
      });
      proxy = started.server;
      return started.port;
    });
  });
  afterAll(async () => {
    await broker.stop();
    proxy.close();
  });

  it.each([1, 2, 3, 4])('is asked again when the connection ends with question %i', async (question) => {
    fatalQuestion = question;
    const bus = createKafkaBus({ brokers: broker.proxiedBrokers, clientId: 'test' });
    await bus.ensureTopics([{ name: 'frames', partitions: 1 }]);
    expect(await bus.topics()).toEqual(['frames']);
    const producer = await bus.producer();
    await producer.send('frames', { key: 'x', headers: {}, body: new Uint8Array(1) });
    expect(fatalQuestion).toBeLessThanOrEqual(0);
    await bus.close();
  });
});
