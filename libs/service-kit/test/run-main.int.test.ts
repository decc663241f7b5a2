import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '@framegate/test-kit';

const fixture = join(import.meta.dirname, 'run-main-fixture.ts');

function launch(env: Record<string, string>, args: string[] = []) {
  const child = spawn(process.execPath, [fixture, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([exitCode]: unknown[]) => ({ exitCode, ...output }));
  const says = (text: string) => eventually(() => output.stdout.includes(text));
  return { ended, says, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

describe('a program', () => {
  it('drains and exits 0 on either stop signal', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const program = launch({ FRAMEGATE_BEHAVIOUR: 'serve' });
      await program.says('started');
      program.kill(signal);
      const { exitCode, stdout } = await program.ended;
      expect(exitCode).toBe(0);
      expect(stdout).toContain('drained');
    }
  });

  it('exits 1 with one line when draining takes longer than its deadline', async () => {
    const program = launch({ FRAMEGATE_BEHAVIOUR: 'hang on close' });
    await program.says('started');
    program.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ exitCode: 1, stderr: 'did not stop within 300 ms\n' });
  });

  it('drains and exits 0 when a file of credentials was replaced, and names it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'framegate-credentials-'));
    const file = join(folder, 'password');
    writeFileSync(file, 'old');
    try {
      const program = launch({ FRAMEGATE_BEHAVIOUR: 'serve', KAFKA_SASL_PASSWORD_FILE: file });
      await program.says('started');
      writeFileSync(`${file}.new`, 'new');
      renameSync(`${file}.new`, file);
      const { exitCode, stdout } = await program.ended;
      expect(exitCode).toBe(0);
      expect(stdout).toContain(file);
      expect(stdout).toContain('drained');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('exits 130 at once on a second signal', async () => {
    const program = launch({ FRAMEGATE_BEHAVIOUR: 'hang on close' });
    await program.says('started');
    program.kill('SIGINT');
    await program.says('stopping');
    program.kill('SIGINT');
    expect((await program.ended).exitCode).toBe(130);
  });

  it('that ends by itself is closed and exits with its own code', async () => {
    const { exitCode, stdout } = await launch({ FRAMEGATE_BEHAVIOUR: 'finish' }).ended;
    expect(exitCode).toBe(3);
    expect(stdout).toContain('drained');
  });

  it('exits 2 with every mistake of its configuration and no stack', async () => {
    const { exitCode, stderr } = await launch({ FRAMEGATE_BEHAVIOUR: 'dance', FRAMEGATE_SIZE: 'big' }).ended;
    expect(exitCode).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^FRAMEGATE_BEHAVIOUR="dance": /);
    expect(lines[1]).toMatch(/^FRAMEGATE_SIZE="big": /);
  });

  it('exits 2 on an unknown log level or argument', async () => {
    const level = await launch({ FRAMEGATE_BEHAVIOUR: 'serve', FRAMEGATE_LOG_LEVEL: 'loud' }).ended;
    expect(level).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('FRAMEGATE_LOG_LEVEL="loud"'),
    });
    const argument = await launch({ FRAMEGATE_BEHAVIOUR: 'serve' }, ['--port', '80']).ended;
    expect(argument).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--port 80') });
  });

  it('that fails to start exits 1, or with the code of the error, after one line without secrets', async () => {
    const failed = await launch({ FRAMEGATE_BEHAVIOUR: 'fail' }).ended;
    expect(failed).toMatchObject({ exitCode: 1, stderr: 'cannot open rtsp://***@cam\n' });
    const own = await launch({ FRAMEGATE_BEHAVIOUR: 'fail with 7' }).ended;
    expect(own).toMatchObject({ exitCode: 7, stderr: 'no camera answers\n' });
  });

  it('logs an error that nobody caught and exits 1', async () => {
    const { exitCode, stdout } = await launch({ FRAMEGATE_BEHAVIOUR: 'forget a rejection' }).ended;
    expect(exitCode).toBe(1);
    expect(stdout).toContain('"level":"fatal"');
    expect(stdout).toContain('forgotten');
  });

  it('prints its variables on --help', async () => {
    const { exitCode, stdout } = await launch({}, ['--help']).ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('FRAMEGATE_BEHAVIOUR  (required)');
  });
});
