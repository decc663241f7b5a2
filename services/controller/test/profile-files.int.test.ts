import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@framegate/service-kit';
import { profileText } from '@framegate/slo-file';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { followProfiles } from '../src/profile-files.ts';

let folder: string;
let lines: string[];
const logger = createLogger({ name: 'test', destination: { write: (line) => lines.push(line) } });
const profile = (name: string): string =>
  profileText(name, [
    { framesPerSecond: 1, width: 640, quality: 80, model: 'm', accuracy: 1, bytesPerFrame: 9, serviceMs: 2 },
  ]);

beforeEach(async () => {
  lines = [];
  folder = await mkdtemp(join(tmpdir(), 'framegate-'));
  await writeFile(join(folder, 'yard.json'), profile('yard'));
  await writeFile(join(folder, 'bad.json'), '{ "name": "bad", "points": [] }');
});
afterEach(() => rm(folder, { recursive: true }));

/** What stands in the files now. */
function read(text: string) {
  const followed = followProfiles(text, logger);
  followed?.close();
  return followed?.current() ?? [];
}

it('reads one profile for all cameras, or one for each pattern', () => {
  const yard = join(folder, 'yard.json');
  expect(read(yard)).toMatchObject([{ cameras: '*', profile: { name: 'yard' } }]);
  const rules = read(`north/*=${yard}, south/door=${yard}`);
  expect(rules.map(({ cameras }) => cameras)).toEqual(['north/*', 'south/door']);
});

it('tells all that is wrong with the list, and all that is wrong with the files', () => {
  for (const told of ['"north/*="', '"a b='])
    expect(() => read(`north/*=,a b=${folder}/yard.json`)).toThrow(told);
  for (const told of ['bad.json: schema:', 'bad.json: points:', 'absent.json: can'])
    expect(() => read(`${folder}/bad.json,${folder}/absent.json`)).toThrow(told);
});

it('reads them again when told to, and keeps what holds while they have mistakes', async () => {
  const yard = join(folder, 'yard.json');
  const followed = followProfiles(yard, logger);
  try {
    await writeFile(yard, profile('other'));
    process.emit('SIGHUP');
    await eventually(() => followed?.current()[0]?.profile.name === 'other');
    const held = followed?.current();
    await writeFile(yard, '{ "name": "bad", "points": [] }');
    process.emit('SIGHUP');
    expect(followed?.current()).toBe(held);
    expect(lines.join('\n')).toMatch(/points:[^]*what held before holds on/);
  } finally {
    followed?.close();
  }
});
