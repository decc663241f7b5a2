import { createAuditor } from '@framegate/frame-ledger';
import { describe, expect, it } from 'vitest';
import { auditLines } from './audit-lines.ts';

function auditOf(lostFrames: number) {
  const auditor = createAuditor();
  for (let seq = 1; seq <= lostFrames; seq++)
    auditor.frame({ cameraId: 'north/door', epoch: 1, seq, kind: 'live' });
  return auditor.finish({ drained: true, retentionPassed: false });
}

describe('an audit in words', () => {
  it('says so when every frame has a fate', () => {
    expect(auditLines(auditOf(0)).at(-1)).toBe('every frame has one known fate');
  });

  it('lists complaints up to a screenful and counts all', () => {
    const lines = auditLines(auditOf(60));
    expect(lines).toContain('lost 60, doubled 0');
    expect(lines.filter((line) => line.startsWith('north/door/1/'))).toHaveLength(50);
    expect(lines.slice(-2)).toEqual(['and 10 complaints more (--json has all)', '60 complaints']);
  });
});
