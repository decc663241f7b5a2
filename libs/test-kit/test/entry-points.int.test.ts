import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../src/workspace.ts';

const run = promisify(execFile);
const folders = ['{libs,services,deploy}/*/src', '{bench,chaos}/src'];
const entryPoints = globSync(
  folders.map((folder) => `${folder}/main.ts`),
  { cwd: root },
).toSorted();

/** Test runners and compilers accept what Node refuses, so each program starts once as Node runs it. */
describe.each(entryPoints)('%s', (path) => {
  it('starts under Node, says what it is for on --help and ends without an error', async () => {
    // Another folder and an empty environment: a program may need neither the one nor the other.
    const env = { PATH: process.env['PATH'] ?? '' };
    const { stdout, stderr } = await run(process.execPath, [join(root, path), '--help'], {
      cwd: tmpdir(),
      env,
    });
    expect(stdout.trim()).not.toBe('');
    expect(stderr).toBe('');
  });
});
