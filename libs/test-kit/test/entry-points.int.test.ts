import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../src/workspace.ts';

const run = promisify(execFile);
const folders = ['{libs,services,deploy}/*/src', '{bench,chaos,fuzz}/src'];
const filesNamed = (name: string) =>
  globSync(
    folders.map((folder) => `${folder}/${name}`),
    { cwd: root },
  ).toSorted();

/** Runs Node in another folder and with an empty environment: a program may need neither the one nor the other. */
function runNode(...args: string[]) {
  return run(process.execPath, args, { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '' } });
}

// Test runners and compilers accept what Node refuses, such as a name that a CommonJS module does not export.
describe('as Node runs it,', () => {
  it.each(filesNamed('main.ts'))(
    '%s says what it is for on --help and ends without an error',
    async (path) => {
      const { stdout, stderr } = await runNode(join(root, path), '--help');
      expect(stdout.trim()).not.toBe('');
      expect(stderr).toBe('');
    },
  );

  it.each(filesNamed('index.ts'))('%s can be imported and does nothing by itself', async (path) => {
    const { href } = pathToFileURL(join(root, path));
    const { stdout } = await runNode(
      '--input-type=module',
      '--eval',
      `await import(${JSON.stringify(href)})`,
    );
    expect(stdout).toBe('');
  });
});
