import { describe, expect, it } from 'vitest';
import { describeMessageBusContract } from '../contract-suite.ts';
import { InProcessBroker } from './broker.ts';
import { InProcessBus } from './bus.ts';

describeMessageBusContract('in process', async () => {
  const broker = new InProcessBroker();
  return {
    createBus: () => new InProcessBus({ broker }),
    setAvailable: async (available) => broker.setAvailable(available),
    close: async () => {},
  };
});

describe('the bus in process', () => {
  it('stores a request only when the link has carried it, while later messages wait for the next', async () => {
    const carried = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const bytes: number[] = [];
    const bus = new InProcessBus({
      carry: async (size) => {
        bytes.push(size);
        await carried[bytes.length - 1]?.promise;
      },
    });
    await bus.ensureTopics([{ name: 't', partitions: 1 }]);
    const producer = await bus.producer();
    const stored: string[] = [];
    const sends = ['a', 'b', 'c'].map(async (key) => {
      await producer.send('t', { key, headers: {}, body: new Uint8Array(100) });
      stored.push(key);
    });
    carried[0]?.resolve();
    await sends[0];
    expect(stored).toEqual(['a']);
    carried[1]?.resolve();
    await Promise.all(sends);
    expect(bytes[1]).toBe(2 * bytes[0]!);
    await bus.close();
  });
});
