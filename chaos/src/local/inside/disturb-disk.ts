import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessFaults } from './process-faults.ts';

const writes = ['write', 'writev', 'writeFile', 'datasync', 'sync', 'truncate'] as const;

/** Makes writes below a folder slow, or fail; reads work. */
export function disturbDisk(faultsNow: () => ProcessFaults['disk']): void {
  const faultOf = (path: unknown): ProcessFaults['disk'] => {
    const faults = faultsNow();
    return faults && typeof path === 'string' && resolve(path).startsWith(faults.folder + sep)
      ? faults
      : null;
  };
  const failing = (code: string, path: string): Error =>
    Object.assign(new Error(`${code}: injected, write '${path}'`), { code });

  const open = fs.promises.open.bind(fs.promises);
  fs.promises.open = async (path, flags, mode) => {
    const handle = await open(path, flags, mode);
    for (const name of writes) {
      const original = handle[name].bind(handle);
      const disturbed = async (...args: unknown[]): Promise<unknown> => {
        const fault = faultOf(path);
        if (fault && fault.delayMs > 0) await delay(fault.delayMs);
        if (fault?.code !== undefined && name !== 'truncate') throw failing(fault.code, String(path));
        const done: unknown = await Reflect.apply(original, handle, args);
        return done;
      };
      Object.defineProperty(handle, name, { value: disturbed });
    }
    return handle;
  };
  const writeFileSync = fs.writeFileSync.bind(fs);
  fs.writeFileSync = (path, ...rest) => {
    const code = faultOf(path)?.code;
    if (code !== undefined) throw failing(code, String(path));
    writeFileSync(path, ...rest);
  };
  syncBuiltinESMExports();
}
