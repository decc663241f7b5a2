import { describe, expect, it } from 'vitest';
import { agreeOnCutOff } from './cut-off.ts';

const second = (seconds: number): number => seconds * 1e6;

describe('a time without a broker', () => {
  it('is one for all consoles that lose theirs together, and for one that loses it again at once', () => {
    const first = agreeOnCutOff(null, second(100), second(100));
    expect(agreeOnCutOff(first, second(104), second(105))).toEqual({
      sinceUs: second(100),
      untilUs: second(105),
    });
    expect(agreeOnCutOff(first, second(129), second(129)).sinceUs).toBe(second(100));
  });

  it('is another one later', () => {
    const first = agreeOnCutOff(null, second(100), second(110));
    expect(agreeOnCutOff(first, second(200), second(201)).sinceUs).toBe(second(200));
  });
});
