import { describe, expect, it, vi } from 'vitest';
import { BusError } from './bus-error.ts';
import { message, range } from './contract-suite/fixtures.ts';
import { LanedProducer } from './laned-producer.ts';
import type { ProducerOptions } from './port.ts';
import type { ProducerTransport, TopicLayout } from './topic-route.ts';

/** A transport whose requests the test answers one by one. */
function manualTransport(
  layout: TopicLayout | Promise<TopicLayout> = { partitions: 2, maxMessageBytes: 1_000_000 },
) {
  const requests: { partition: number; texts: string[]; store: () => void; fail: (error: Error) => void }[] =
    [];
  let nextOffset = 0n;
  const transport: ProducerTransport = {
    layout: () => layout,
    write: ({ partition }, pending) => {
      const { promise, resolve, reject } = Promise.withResolvers<bigint>();
      const texts = pending.map(({ message: { body } }) => new TextDecoder().decode(body));
      const store = (): void => {
        resolve(nextOffset);
        nextOffset += BigInt(texts.length);
      };
      requests.push({ partition, texts, store, fail: reject });
      return promise;
    },
    close: async () => {},
  };
  return { transport, requests };
}

function producerOf(transport: ProducerTransport, options: ProducerOptions = {}): LanedProducer {
  return new LanedProducer(transport, options, () => 0);
}

function sendTo(producer: LanedProducer, partition: number, text: string) {
  return producer.send('t', { ...message(text), partition }).catch((error: unknown) => error);
}

describe('LanedProducer', () => {
  it('has one request in flight for each partition; what waits goes together in the next', async () => {
    const { transport, requests } = manualTransport();
    const producer = producerOf(transport);
    const sends = ['a', 'b', 'c'].map((text) => sendTo(producer, 0, text));
    const other = sendTo(producer, 1, 'other');
    expect(requests.map(({ texts }) => texts)).toEqual([['a'], ['other']]);
    requests[0]?.store();
    expect(await sends[0]).toEqual({ partition: 0, offset: 0n });
    await Promise.resolve();
    expect(requests.map(({ texts }) => texts)).toEqual([['a'], ['other'], ['b', 'c']]);
    requests[2]?.store();
    requests[1]?.store();
    expect(await Promise.all([...sends, other])).toEqual([
      { partition: 0, offset: 0n },
      { partition: 0, offset: 1n },
      { partition: 0, offset: 2n },
      { partition: 1, offset: 3n },
    ]);
  });

  it('goes on with the next request after one that failed', async () => {
    const { transport, requests } = manualTransport();
    const producer = producerOf(transport);
    const sends = ['a', 'b'].map((text) => sendTo(producer, 0, text));
    requests[0]?.fail(new BusError('PROTOCOL', 'refused'));
    expect(await sends[0]).toMatchObject({ code: 'PROTOCOL' });
    await expect.poll(() => requests.length).toBe(2);
    requests[1]?.store();
    expect(await sends[1]).toEqual({ partition: 0, offset: 0n });
  });

  it('bounds what waits by bytes, dropping the oldest', async () => {
    const { transport, requests } = manualTransport();
    const producer = producerOf(transport, { maxQueuedBytes: 400 });
    const sends = ['in flight', 'oldest', 'b', 'c', 'd'].map((text) => sendTo(producer, 0, text));
    expect(await sends[1]).toMatchObject({ code: 'LANE_OVERFLOW' });
    requests[0]?.store();
    await sends[0];
    await expect.poll(() => requests[1]?.texts).toEqual(['b', 'c', 'd']);
  });

  it('bounds what waits by age: it is dropped when newer ones come, and never sent late', async () => {
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const { transport, requests } = manualTransport();
    const producer = producerOf(transport, { maxQueuedMs: 1000 });
    const sends = ['in flight', 'a', 'b'].map((text) => sendTo(producer, 0, text));
    nowMs = 1001;
    sends.push(sendTo(producer, 0, 'c'));
    expect(await Promise.all(sends.slice(1, 3))).toMatchObject([
      { code: 'LANE_OVERFLOW' },
      { code: 'LANE_OVERFLOW' },
    ]);
    nowMs = 3000;
    requests[0]?.store();
    expect(await sends[3]).toMatchObject({ code: 'LANE_OVERFLOW' });
    expect(requests.map(({ texts }) => texts)).toEqual([['in flight']]);
    const next = sendTo(producer, 0, 'd');
    requests[1]?.store();
    expect(await next).toMatchObject({ offset: 1n });
    vi.restoreAllMocks();
  });

  it('gives up what is not fresh any more for a newer one of its key, and never the newest', async () => {
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const { transport, requests } = manualTransport();
    const producer = producerOf(transport);
    const send = (key: string, text: string, freshForMs?: number) =>
      producer
        .send('t', { ...message(text), key, partition: 0, ...(freshForMs !== undefined && { freshForMs }) })
        .catch((error: unknown) => error);
    const inFlight = send('a', 'in flight', 100);
    const [old, alone, patient] = [send('a', 'old', 100), send('b', 'alone', 100), send('a', 'patient')];
    nowMs = 101;
    const newer = send('a', 'newer', 100);
    expect(await old).toMatchObject({
      code: 'SUPERSEDED',
      message: expect.stringContaining('a newer one of a waits'),
    });
    nowMs = 150;
    const newest = send('a', 'newest', 100);
    nowMs = 250;
    requests[0]?.store();
    await inFlight;
    expect(await newer).toMatchObject({ code: 'SUPERSEDED' });
    await expect.poll(() => requests[1]?.texts).toEqual(['alone', 'patient', 'newest']);
    requests[1]?.store();
    await Promise.all([alone, patient, newest]);
    vi.restoreAllMocks();
  });

  it('bounds what waits while the topic is looked up, and keeps its order', async () => {
    const layout = Promise.withResolvers<TopicLayout>();
    const { transport, requests } = manualTransport(layout.promise);
    const producer = producerOf(transport, { maxQueuedMessages: 3 });
    const sends = range(5).map((seq) => sendTo(producer, 0, `${seq}`));
    expect(await sends[0]).toMatchObject({ code: 'LANE_OVERFLOW' });
    expect(await sends[1]).toMatchObject({ code: 'LANE_OVERFLOW' });
    layout.resolve({ partitions: 1, maxMessageBytes: 1000 });
    await expect.poll(() => requests.length).toBe(1);
    requests[0]?.store();
    await expect.poll(() => requests.map(({ texts }) => texts)).toEqual([['2'], ['3', '4']]);
  });

  it('asks again for a topic that was missing', async () => {
    const missing = Promise.reject(new BusError('TOPIC_MISSING', 'no such topic'));
    const { transport, requests } = manualTransport(missing);
    const producer = producerOf(transport);
    expect(await sendTo(producer, 0, 'early')).toMatchObject({ code: 'TOPIC_MISSING' });
    transport.layout = () => ({ partitions: 1, maxMessageBytes: 1000 });
    void sendTo(producer, 0, 'late');
    expect(requests.map(({ texts }) => texts)).toEqual([['late']]);
  });

  it('rejects in close what could not be stored in time, the request in flight included', async () => {
    const { transport } = manualTransport();
    const producer = producerOf(transport);
    const sends = ['in flight', 'waiting'].map((text) => sendTo(producer, 0, text));
    await producer.close({ drainTimeoutMs: 0 });
    expect(await Promise.all(sends)).toEqual([
      expect.objectContaining({ code: 'CLOSED' }),
      expect.objectContaining({ code: 'CLOSED' }),
    ]);
    expect(producer.queued()).toBe(0);
  });
});
