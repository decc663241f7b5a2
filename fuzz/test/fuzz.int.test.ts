import { describe, expect, it } from 'vitest';
import { readKept } from '../src/keep-crash.ts';
import { runTarget } from '../src/run-target.ts';
import { targets } from '../src/targets/index.ts';
import { selfCheck, selfCheckSeed } from '../src/targets/self-check.ts';

/** A server, a model and cameras cost more for each input. */
const fewInputs: Readonly<Record<string, number>> = { api: 60, pictures: 10, cameras: 10, 'spool-files': 60 };

describe.each(targets)('broken inputs at $name', (target) => {
  it('are taken or refused in words that are meant for it, and none breaks anything', async () => {
    const inputs = fewInputs[target.name] ?? 400;
    const { crashes, taken, refused } = await runTarget(target, 7, inputs);
    expect(crashes).toEqual([]);
    expect(taken + refused).toBe(inputs);
    expect(refused).toBeGreaterThan(0);
  }, 60_000);
});

it.each(readKept())('what once broke $target breaks nothing now', async ({ target: name, parts }) => {
  const target = targets.find((each) => each.name === name);
  const opened = await target?.open();
  await expect(opened?.run(parts)).resolves.toMatch(/^(taken|refused)$/);
  await opened?.close();
});

it('a crash and a hang are told with their input, and the inputs after them are tried, too', async () => {
  const { crashes, taken } = await runTarget(selfCheck, selfCheckSeed, 5);
  expect(crashes.map(({ index, error }) => [index, error.split('\n')[0]])).toEqual([
    [1, 'Error: input 1 is too much'],
    [3, 'took longer than 500 ms'],
  ]);
  expect(taken).toBe(3);
});
