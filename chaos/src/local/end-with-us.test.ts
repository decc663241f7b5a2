import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endWithUs } from './end-with-us.ts';

it('listens once for any number of programs, and no more when all have ended', async () => {
  const before = process.listenerCount('exit');
  const children = Array.from({ length: 12 }, () => endWithUs(spawn('sleep', ['100'])));
  expect(process.listenerCount('exit')).toBe(before + 1);
  const gone = children.map((child) => once(child, 'exit'));
  process.listeners('exit').at(-1)?.(0);
  await Promise.all(gone);
  expect(process.listenerCount('exit')).toBe(before);
});
