import { expect, it } from 'vitest';
import { openBus } from './open-bus.ts';

it('a client in memory that closes leaves the others, and those to come, on the same bus', async () => {
  const buses = await openBus('memory');
  const [one, other] = [buses.connect('one'), buses.connect('other')];
  await one.ensureTopics([{ name: 'a', partitions: 1 }]);
  await one.close();
  expect(await other.topics()).toContain('a');
  expect(await buses.connect('third').topics()).toContain('a');
});
