import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framegate } from './framegate.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'framegate-'))));
afterEach(() => rm(folder, { recursive: true }));

const point = { framesPerSecond: 10, width: 1280, quality: 80, model: 'm', accuracy: 1, bytesPerFrame: 1 };
const check = async (text: string, ...flags: string[]) => {
  await writeFile(join(folder, 'slo.yaml'), `schema: framegate.slo/1\n${text}`);
  await writeFile(
    join(folder, 'profile.json'),
    JSON.stringify({ schema: 'framegate.profile/1', name: 'yard', points: [{ ...point, serviceMs: 40 }] }),
  );
  return framegate(folder, 'slo', 'check', 'slo.yaml', ...flags);
};

describe('framegate slo check', () => {
  it('says that a declaration holds', async () => {
    const run = await check(
      'slos: [{ name: a, sli: latency, objective: 500 }]\n',
      '--profile',
      'profile.json',
    );
    expect(run).toEqual({ exitCode: 0, stdout: 'slo.yaml holds\n', stderr: '' });
  });

  it('tells every mistake with its line, and ends with 2', async () => {
    const { exitCode, stderr } = await check('slos:\n  - { name: a, sli: latncy, objective: -1 }\n');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'slo.yaml:3:21: SLO "a", sli: unknown value "latncy": did you mean "latency"?\n',
    );
    expect(stderr).toContain('slo.yaml:3:40: SLO "a", objective: is -1: expected more than 0\n');
  });

  it('tells an objective that nothing reaches, with the best that is possible, as JSON', async () => {
    const slo = 'slos: [{ name: a, sli: latency, objective: 30 }]\n';
    const { exitCode, stdout } = await check(slo, '--profile', 'profile.json', '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      holds: false,
      mistakes: [],
      problems: [{ kind: 'unreachable', slos: ['a'], best: 40 }],
    });
  });

  it('names a file that is not there', async () => {
    const { exitCode, stderr } = await framegate(folder, 'slo', 'check', 'absent.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toContain("absent.yaml: can't be read (ENOENT)");
  });
});
