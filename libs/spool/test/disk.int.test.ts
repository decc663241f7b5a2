import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { append, bodyOf, names, open, takeAll } from './spool-fixture.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'framegate-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('a spool on the disk', () => {
  it('gives back what was appended, over a restart, and leaves no file behind what was taken', async () => {
    const first = await open({ folder, sync: 'always', segmentBytes: 1000 });
    for (let i = 0; i < 9; i++) await append(first.spool, `r${i}`, 300);
    await first.spool.close();
    const { spool, events } = await open({ folder });
    expect(events.found).toHaveLength(9);
    const taken = await takeAll(spool);
    expect(taken).toEqual(taken.map((_, i) => ({ name: `r${i}`, body: bodyOf(`r${i}`, 300) })));
    await spool.close();
    expect(readdirSync(folder)).toEqual(['cursor']);
  });

  it('moves what it can not read aside, and goes on', async () => {
    writeFileSync(join(folder, '0000000000000003.spool'), 'x'.repeat(99));
    const { spool, events } = await open({ folder });
    expect(events.aside).toEqual([expect.stringContaining('0000000000000003.spool')]);
    expect(readdirSync(join(folder, 'aside'))).toEqual(['0000000000000003.spool']);
    await append(spool, 'a');
    expect(await names(spool)).toEqual(['a']);
    await spool.close();
  });

  it.skipIf(process.platform !== 'linux')(
    'is refused to a second user, until the first is gone',
    async () => {
      const first = await open({ folder });
      await expect(open({ folder })).rejects.toMatchObject({
        code: 'IN_USE',
        message: expect.stringContaining(folder),
      });
      await first.spool.close();
      await (await open({ folder })).spool.close();
    },
  );

  it('has everything that was acknowledged before its process was killed, however often', async () => {
    let acknowledged = -1;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'appender-fixture.ts'), folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const atLeast = acknowledged + 200;
      for await (const line of createInterface(child.stdout)) {
        acknowledged = Number(line);
        if (acknowledged > atLeast) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
    }
    const { spool, events } = await open({ folder, maxBytes: 1e9 });
    const taken = await takeAll(spool);
    expect(taken.length).toBeGreaterThan(acknowledged);
    expect(taken.map(({ name }) => name)).toEqual(taken.map((_, i) => String(i)));
    for (const { name, body } of taken) expect(body).toEqual(bodyOf(name, 5000));
    expect(events).toMatchObject({ dropped: [], missing: 0, aside: [] });
    await spool.close();
  });
});
