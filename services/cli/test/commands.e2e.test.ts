import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framegate, startFramegate } from './framegate.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'framegate-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('framegate', () => {
  it('shows every command with examples', async () => {
    const { exitCode, stdout, stderr } = await framegate(folder, '--help');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    for (const name of [
      'demo',
      'analyze',
      'models',
      'doctor',
      'gate',
      'scene',
      'cameras',
      'slo',
      'simulate',
      'audit',
      'Examples:',
    ])
      expect(stdout).toContain(name);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const program = startFramegate(folder, ['--help']);
    program.stopReading();
    expect(await program.ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each(['demo', 'analyze', 'models', 'doctor', 'gate', 'scene', 'cameras', 'slo', 'simulate', 'audit'])(
    'helps with %s, by examples',
    async (name) => {
      const { exitCode, stdout } = await framegate(folder, 'help', name);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(new RegExp(String.raw`Examples:\n[^]*\$ .*${name}`));
    },
  );

  it.each([
    [['anlyze', 'x.mp4'], "unknown command 'anlyze' (Did you mean analyze?)"],
    [['models', 'lst'], "unknown command 'lst' (Did you mean list?)"],
    [['--verbos'], "unknown option '--verbos'"],
    [['scene', 'render', 'street', 'x.mp4', '--sed', '1'], '(Did you mean --seed?)'],
    [['scene', 'render', 'street', 'x.mp4', '--size', 'big'], 'such as 1280x720'],
    [['scene', 'render', 'moon', 'x.mp4'], 'moon: there is no such scene. There are street'],
    [['scene', 'render', 'street', 'absent/x.mp4'], 'absent/x.mp4: there is no folder absent'],
    [['models', 'pull', 'yolo'], 'yolo: no such model. There are yolox-nano-416'],
    [['cameras', 'discover', '--seconds', '-1'], 'above 0'],
    [['audit', '--brokers', 'nowhere'], 'expected host:port'],
  ])('refuses %j with one line and exit code 2', async (args, named) => {
    const { exitCode, stderr } = await framegate(folder, ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(named);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('lists the models with licence, checksum and place', async () => {
    const { exitCode, stdout } = await framegate(folder, 'models', 'list', '--json');
    expect(exitCode).toBe(0);
    const models: { id: string; licence: string; sha256: string; path: string }[] = JSON.parse(stdout);
    expect(models.map(({ id }) => id)).toEqual(['yolox-nano-416', 'yolox-nano-640', 'street-nano']);
    expect(models.find(({ id }) => id === 'street-nano')).toMatchObject({
      licence: 'Apache-2.0',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      path: expect.stringContaining('street-nano.onnx'),
    });
  });

  it("finds the project's own model whole", async () => {
    const { exitCode, stdout } = await framegate(folder, 'models', 'verify', 'street-nano');
    expect(stdout).toContain('street-nano: whole');
    expect(exitCode).toBe(0);
  });

  it('examines the machine, and sends a frame through every native library', async () => {
    const { exitCode, stdout } = await framegate(folder, 'doctor', '--json');
    const report: { ok: boolean; checks: { name: string; state: string }[] } = JSON.parse(stdout);
    expect(report.checks.find(({ name }) => name.startsWith('detector'))).toMatchObject({ state: 'ok' });
    expect(exitCode).toBe(report.ok ? 0 : 1);
  });

  it('names a broker that does not answer, which the demo does not need', async () => {
    const run = startFramegate(folder, ['doctor'], { KAFKA_BROKERS: '127.0.0.1:1' });
    const { exitCode, stdout } = await run.ended;
    expect(stdout).toMatch(/-\s+Kafka\s+127\.0\.0\.1:1: .*ECONNREFUSED/);
    expect(stdout).toContain('correct KAFKA_BROKERS');
    expect(exitCode).toBe(stdout.includes('FAILED') ? 1 : 0);
  });

  it('draws the same scene twice into the same bytes, with its truth', async () => {
    const options = ['--seconds', '2', '--size', '320x180', '--seed', '5', '--fps', '5'];
    await framegate(folder, 'scene', 'render', 'plaza', 'a.mp4', '--truth', 'a.jsonl', ...options);
    await framegate(folder, 'scene', 'render', 'plaza', 'b.mp4', '--truth', 'b.jsonl', ...options);
    const read = (name: string): Promise<Buffer> => readFile(join(folder, name));
    expect((await read('a.mp4')).equals(await read('b.mp4'))).toBe(true);
    expect((await read('a.jsonl')).equals(await read('b.jsonl'))).toBe(true);
    expect((await read('a.jsonl')).toString().trimEnd().split('\n')).toHaveLength(10);
    expect((await readdir(folder)).toSorted()).toEqual(['a.jsonl', 'a.mp4', 'b.jsonl', 'b.mp4']);
  });

  it('says so when no camera answers, which is no failure', async () => {
    // A socket that takes probes and answers none.
    const silent = createSocket('udp4');
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    const target = `127.0.0.1:${silent.address().port}`;
    const { exitCode, stdout } = await framegate(
      ...([folder, 'cameras', 'discover', '--seconds', '0.1', '--target', target] as const),
    );
    silent.close();
    expect(stdout).toContain('no camera answered within 0.1 s');
    expect(exitCode).toBe(0);
  });

  it('gives an audit up when no broker answers, and asks for one that is not named', async () => {
    const unanswered = await framegate(folder, 'audit', '--brokers', '127.0.0.1:1', '--wait', '1');
    expect(unanswered.stderr).toBe('no Kafka answers at 127.0.0.1:1 within 1 s\n');
    expect(unanswered.exitCode).toBe(1);
    const unnamed = await startFramegate(folder, ['audit'], { KAFKA_BROKERS: '' }).ended;
    expect(unnamed.stderr).toContain('KAFKA_BROKERS is not set');
    expect(unnamed.exitCode).toBe(2);
  });
});
