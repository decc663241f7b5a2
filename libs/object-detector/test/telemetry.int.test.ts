import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { need } from '@framegate/test-kit';
import { expect, it, onTestFinished } from 'vitest';

const isLinux = need('Linux', () => process.platform === 'linux', 'the program reads /proc');
const program = join(import.meta.dirname, 'full-batches-fixture.ts');

it.skipIf(!isLinux)(
  'a detector writes no identifier and keeps nothing to be sent to the maker of its runtime',
  () => {
    const home = mkdtempSync(join(tmpdir(), 'framegate-home-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    // Nothing of CI: the runtime is silent there anyway.
    const env = { PATH: process.env['PATH'], HOME: home, TMPDIR: home };
    execFileSync(process.execPath, [program], { env });
    expect(readdirSync(home, { recursive: true })).toEqual([]);
  },
);
