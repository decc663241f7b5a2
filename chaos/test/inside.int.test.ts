import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '@framegate/test-kit';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { ProcessFaults } from '../src/local/inside/process-faults.ts';
import { matchesHost, noProcessFaults, processFaultsVariable } from '../src/local/inside/process-faults.ts';

const toldSchema = z.object({
  disk: z.string(),
  tookMs: z.number(),
  name: z.string(),
  aheadMs: z.number(),
  newAheadMs: z.number(),
  collections: z.number(),
});
type Told = z.output<typeof toldSchema>;

it('a process that knows nothing of it gets a wrong clock, a full or slow disk and no names, and all back, and collects when it shall', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'framegate-'));
  const file = `${folder}.json`;
  const hosts = { kafka: '127.0.0.9' };
  const set = (change: Partial<ProcessFaults>): void =>
    writeFileSync(file, JSON.stringify({ ...noProcessFaults, hosts, ...change }));
  set({});
  const program = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      join(import.meta.dirname, '../src/local/inside/preload.ts'),
      join(import.meta.dirname, 'disturbed-program.ts'),
      folder,
    ],
    { env: { ...process.env, [processFaultsVariable]: file }, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface(program.stdout);
  const ask = async (): Promise<Told> => {
    program.stdin.write('\n');
    const [line] = await once(lines, 'line');
    return toldSchema.parse(JSON.parse(String(line)));
  };
  try {
    expect(await ask()).toMatchObject({ disk: 'written', name: '127.0.0.9' });
    set({ clockAheadMs: 5000, disk: { folder, code: 'ENOSPC', delayMs: 0 }, unresolved: ['kaf*'] });
    const isWrong = ({ disk, name }: Told): boolean => disk === 'ENOSPC' && name === 'ENOTFOUND';
    await eventually(async () => isWrong(await ask()));
    const wrong = await ask();
    expect(wrong.aheadMs).toBeGreaterThan(4900);
    expect(Math.abs(wrong.newAheadMs)).toBeLessThan(100);
    set({ clockAheadMs: -5000, disk: { folder, delayMs: 200 } });
    await eventually(async () => (await ask()).tookMs >= 199);
    expect(await ask()).toMatchObject({ disk: 'written', name: '127.0.0.9' });
    expect((await ask()).aheadMs).toBeLessThan(-4900);
    set({ disk: { folder: join(folder, 'elsewhere'), code: 'EIO', delayMs: 0 } });
    await eventually(async () => Math.abs((await ask()).aheadMs) < 100);
    expect(await ask()).toMatchObject({ disk: 'written', collections: 0 });
    set({ collections: 1 });
    await eventually(async () => (await ask()).collections > 0);
  } finally {
    program.kill();
    rmSync(folder, { recursive: true });
    for (const made of [file, `${file}.heap-0`]) rmSync(made, { force: true });
  }
});

it('a pattern of names means hosts as Chaos Mesh means them', () => {
  expect(matchesHost('kafka*', 'kafka.north.svc')).toBe(true);
  expect(matchesHost('kafka', 'kafka.north.svc')).toBe(false);
  expect(matchesHost('*.svc', 'kafkaXsvc')).toBe(false);
});
