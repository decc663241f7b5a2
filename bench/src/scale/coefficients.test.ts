import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleReport } from '../suite/example-report.ts';
import { merged, withReports } from './coefficients.ts';
import { readFleet } from './fleet.ts';

const { coefficients: stored } = readFleet(join(import.meta.dirname, '../../fleet.json'));

describe('coefficients', () => {
  it('come from the reports of other benches, with the command and the row', () => {
    const edge = exampleReport({
      bench: 'edge',
      command: 'npx -y pnpm@12 bench edge --cameras 8',
      columns: [{ label: 'way' }, { label: 'CPU ms a camera-second' }],
      rows: [
        ['packets watched', 9],
        ['every frame decoded', 40],
      ],
    });
    const bandwidth = exampleReport({
      bench: 'bandwidth',
      columns: [{ label: 'clip: way' }, { label: 'kbit/s' }],
      rows: [['street: every frame', 8000]],
    });
    const found = withReports(stored, [edge, bandwidth]);
    expect(found.edgeCpuMs).toMatchObject({
      value: 40,
      unit: 'CPU ms a camera-second',
      from: 'npx -y pnpm@12 bench edge --cameras 8 (every frame decoded)',
    });
    // 8 Mbit/s at 10 frames/s.
    expect(found.frameBytes.value).toBe(100_000);
    expect(found.detectCpuMs).toEqual(stored.detectCpuMs);
  });

  it('stay the stored ones where a report has no such row or no figure', () => {
    const edge = exampleReport({
      bench: 'edge',
      columns: [{ label: 'way' }],
      rows: [['every frame decoded', 40]],
    });
    expect(withReports(stored, [edge])).toEqual(stored);
    expect(merged(stored, { brokerCpuMs: { value: Number.NaN, from: 'nowhere' } })).toEqual(stored);
  });
});
