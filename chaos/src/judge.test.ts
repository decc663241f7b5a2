import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

const report = {
  ledger: { lost: 0, balanced: true },
  faults: [{ recoverySeconds: 4.5 }, { recoverySeconds: null }],
};
const holds = (field: string, bound: { is?: boolean; min?: number; max?: number }): boolean | undefined =>
  judge(report, [{ says: 's', field, ...bound }])[0]?.holds;

describe('a statement', () => {
  it('holds when the field of the report keeps all of its bounds', () => {
    expect(holds('ledger.balanced', { is: true })).toBe(true);
    expect(holds('ledger.lost', { max: 0 })).toBe(true);
    expect(holds('faults.0.recoverySeconds', { min: 1, max: 4.5 })).toBe(true);
    expect(holds('faults.0.recoverySeconds', { max: 4 })).toBe(false);
    expect(holds('ledger.balanced', { is: false })).toBe(false);
  });

  it('fails when the field is absent, not measured or no number', () => {
    expect(holds('faults.1.recoverySeconds', { max: 10 })).toBe(false);
    expect(holds('faults.7.recoverySeconds', { max: 10 })).toBe(false);
    expect(holds('ledger.balanced', { max: 10 })).toBe(false);
    expect(holds('__proto__.toString', { min: 0 })).toBe(false);
    expect(judge(report, [{ says: 's', field: 'faults.1.recoverySeconds', max: 3 }])).toEqual([
      {
        says: 's',
        field: 'faults.1.recoverySeconds',
        expected: 'at most 3',
        measured: 'not measured',
        holds: false,
      },
    ]);
  });
});
