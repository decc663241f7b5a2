import { expect, test } from 'vitest';
import { NewestSlot } from './newest-slot.ts';

test('a newer value takes the place of one that nobody has fetched, and is counted', async () => {
  const slot = new NewestSlot<number>();
  slot.put(1);
  slot.put(2);
  slot.put(3);
  expect(await slot.take()).toBe(3);
  expect(slot.replaced).toBe(2);
});

test('a taker waits for the next value', async () => {
  const slot = new NewestSlot<number>();
  const taken = slot.take();
  slot.put(1);
  expect(await taken).toBe(1);
});

test('a failure comes after the last value, and stays', async () => {
  const slot = new NewestSlot<number>();
  slot.put(1);
  slot.fail(new Error('first'));
  slot.fail(new Error('second'));
  expect(await slot.take()).toBe(1);
  await expect(slot.take()).rejects.toThrow('first');
  await expect(slot.take()).rejects.toThrow('first');
});

test('the end comes after the last value', async () => {
  const slot = new NewestSlot<number>();
  slot.put(1);
  slot.end();
  expect(await slot.take()).toBe(1);
  expect(await slot.take()).toBeNull();
});
