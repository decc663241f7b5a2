import { describe, expect, it } from 'vitest';
import { clockWarning } from './clock-warning.ts';

describe('the warning of a wrong clock', () => {
  it('says by how much and to which side', () => {
    expect(clockWarning({ offsetUs: 5_000_000, errorUs: 800 })).toContain('5 s behind');
    expect(clockWarning({ offsetUs: -5_400_000, errorUs: 800 })).toContain('5 s ahead of');
  });

  it('is silent while the clock is right, or nobody can tell', () => {
    expect(clockWarning({ offsetUs: 900_000, errorUs: 0 })).toBe('');
    expect(clockWarning({ offsetUs: 3_000_000, errorUs: 4_000_000 })).toBe('');
  });
});
