import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');

it.each([
  ['control', ['--seeds', 'x', '--scenarios', 'moon'], [/^--seeds is 'x'/, /^--scenarios is 'moon'/]],
  ['gate', ['--seeds', '3-1'], [/^--seeds is '3-1'/]],
  [
    'inference',
    ['--models', 'x,y'],
    [/^--models: there is no model "x"/, /^--models: there is no model "y"/],
  ],
  ['cloud-only', ['--model', 'none.onnx'], [/^--model: .*none\.onnx/]],
])('bench %s refuses %j in a line for each mistake, and measures nothing', (bench, options, lines) => {
  const run = spawnSync(process.execPath, [main, bench, ...options], { encoding: 'utf8' });
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr.trimEnd().split('\n')).toEqual(lines.map((line) => expect.stringMatching(line)));
});
