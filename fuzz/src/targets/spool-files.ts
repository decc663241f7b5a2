import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSpool, SpoolError } from '@framegate/spool';
import { mutateBytes, pick } from '../mutate.ts';
import type { Target } from '../target.ts';

const observer = { onFound() {}, onDropped() {}, onMissing() {}, onSetAside() {}, onTrouble() {} };
const optionsOf = (folder: string) => ({
  folder,
  maxBytes: 1e6,
  maxAgeMs: 1e12,
  segmentBytes: 2000,
  sync: 'never' as const,
  nowMs: () => 1e12,
  observer,
});

/** The folder of a spool as a broken disk, or somebody, left it. */
export const spoolFiles: Target = {
  name: 'spool-files',
  share: 0.015,
  boundMs: 1000,
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'framegate-fuzz-'));
    const valid = await validFiles(join(folder, 'valid'));
    const names = [...valid.keys()];
    return {
      make(random) {
        const changed = pick(random, names);
        return names.flatMap((name) => {
          const bytes = valid.get(name) ?? Buffer.alloc(0);
          return [Buffer.from(name), name === changed ? mutateBytes(random, bytes) : bytes];
        });
      },
      async run(parts) {
        const own = mkdtempSync(join(folder, 'run-'));
        for (let i = 0; i + 1 < parts.length; i += 2)
          writeFileSync(join(own, Buffer.from(parts[i] ?? []).toString()), parts[i + 1] ?? new Uint8Array());
        try {
          const spool = await openSpool(optionsOf(own));
          const records = await spool.peek(100);
          await spool.append(Buffer.from('m'), Buffer.from('b'));
          const last = records.at(-1);
          if (last) await spool.release(last.index);
          await spool.close();
          return records.length === 8 ? 'taken' : 'refused';
        } catch (error) {
          if (error instanceof SpoolError) return 'refused';
          throw error;
        } finally {
          rmSync(own, { recursive: true });
        }
      },
      close: async () => rmSync(folder, { recursive: true }),
    };
  },
};

async function validFiles(folder: string): Promise<Map<string, Buffer>> {
  const spool = await openSpool(optionsOf(folder));
  for (let i = 0; i < 9; i++) await spool.append(Buffer.from(`meta ${i}`), Buffer.alloc(300, i));
  await spool.release(0);
  await spool.close();
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
