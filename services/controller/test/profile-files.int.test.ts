import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileText } from '@framegate/slo-file';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readProfileFiles } from '../src/profile-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framegate-'));
  const point = { framesPerSecond: 1, width: 640, quality: 80, model: 'm', accuracy: 1, bytesPerFrame: 9 };
  await writeFile(join(folder, 'yard.json'), profileText('yard', [{ ...point, serviceMs: 2 }]));
  await writeFile(join(folder, 'bad.json'), '{ "name": "bad", "points": [] }');
});
afterEach(() => rm(folder, { recursive: true }));

it('reads one profile for all cameras, or one for each pattern', () => {
  const yard = join(folder, 'yard.json');
  expect(readProfileFiles(yard)).toMatchObject([{ cameras: '*', profile: { name: 'yard' } }]);
  const rules = readProfileFiles(`north/*=${yard}, south/door=${yard}`);
  expect(rules.map(({ cameras }) => cameras)).toEqual(['north/*', 'south/door']);
});

it('tells all that is wrong with the list and with the files', () => {
  const text = `north/*=,a b=${folder}/yard.json,${folder}/bad.json,${folder}/absent.json`;
  const read = (): unknown => readProfileFiles(text);
  for (const told of ['"north/*="', '"a b=', 'bad.json: schema:', 'bad.json: points:', 'absent.json: can'])
    expect(read).toThrow(told);
});
