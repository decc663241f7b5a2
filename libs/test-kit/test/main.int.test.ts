import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../src/workspace.ts';

const main = join(root, 'libs/test-kit/src/main.ts');

function pnpmTest(...args: string[]) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env });
  return { status, stderr, lines: stdout.trimEnd().split('\n') };
}

describe('pnpm test', () => {
  it('ends with the tally alone on the last line and exits 0 when everything passed', () => {
    const { status, lines } = pnpmTest('--only-unit', 'libs/test-kit/src/tally.test.ts');
    expect(status).toBe(0);
    expect(lines).toContain('== tests');
    expect(lines.at(-1)).toMatch(/^[1-9]\d* passed, 0 failed, 0 skipped$/);
  });

  it('fails when no test was executed', () => {
    const { status, lines } = pnpmTest('--only-unit', 'no/such/folder');
    expect(status).toBe(1);
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
  });

  it('refuses contradicting switches with exit code 2', () => {
    const { status, stderr } = pnpmTest('--only-unit', '--only-int');
    expect(status).toBe(2);
    expect(stderr).toContain('exclude each other');
  });
});
