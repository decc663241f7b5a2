import { describe, expect, it } from 'vitest';
import { creditMemory, openCredit } from './shared-credit.ts';

describe('credit that two threads share', () => {
  it('is taken as often as it was given', () => {
    const memory = creditMemory(1);
    const [giver, taker] = [openCredit(memory), openCredit(memory)];
    expect(taker.take()).toBe(true);
    giver.give();
    expect(taker.take()).toBe(true);
  });

  it('is refused for ever once it is stopped, however much is left', () => {
    const memory = creditMemory(5);
    const [giver, taker] = [openCredit(memory), openCredit(memory)];
    giver.stop();
    expect(taker.take()).toBe(false);
    giver.give();
    expect(taker.take()).toBe(false);
    expect(taker.isStopped).toBe(true);
  });
});
