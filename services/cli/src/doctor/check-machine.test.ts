import { describe, expect, it } from 'vitest';
import { checkMachine } from './check-machine.ts';
import { reportText } from './report-text.ts';

const good = { nodeVersion: '26.10.0', cores: 2, cpu: 'A', memoryMiB: 8192 };
const statesOf = (machine: typeof good) => checkMachine(machine).map(({ state }) => state);

describe('the doctor', () => {
  it('finds a machine well that has what is needed', () => {
    expect(statesOf(good)).toEqual(['ok', 'ok', 'ok']);
  });

  it('refuses an old Node and too little memory, and only remarks on a single core', () => {
    expect(statesOf({ ...good, nodeVersion: '20.1.0', cores: 1, memoryMiB: 512 })).toEqual([
      'failed',
      'optional',
      'failed',
    ]);
  });

  it('says what to do below each finding, and the verdict last', () => {
    const text = reportText(checkMachine({ ...good, nodeVersion: '20.1.0' }));
    expect(text.split('\n')[0]).toMatch(/^FAILED\s+Node\.js\s+20\.1\.0, older than 26$/);
    expect(text.split('\n')[1]).toContain('npx -y pnpm@12 install');
    expect(text).toMatch(/has to be put right first\n$/);
    expect(reportText(checkMachine(good))).toMatch(/the demo can run: pnpm demo\n$/);
  });
});
