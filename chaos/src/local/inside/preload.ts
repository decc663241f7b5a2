/**
 * Loaded into a service before its own code (`node --import`): shifts its wall clock, breaks its disk and its name
 * resolution. The service knows nothing of it.
 */
import { readFileSync, statSync } from 'node:fs';
import { collectGarbage } from './collect-garbage.ts';
import { disturbClock } from './disturb-clock.ts';
import { disturbDisk } from './disturb-disk.ts';
import { disturbNames } from './disturb-names.ts';
import type { ProcessFaults } from './process-faults.ts';
import { noProcessFaults, processFaultsSchema, processFaultsVariable } from './process-faults.ts';

const lookEveryMs = 50;
const path = process.env[processFaultsVariable];

if (path !== undefined) {
  let faults: ProcessFaults = noProcessFaults;
  let changedMs = -1;
  let collections = 0;
  const look = (): void => {
    const { mtimeMs } = statSync(path);
    if (mtimeMs === changedMs) return;
    changedMs = mtimeMs;
    faults = processFaultsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (faults.collections === collections) return;
    collections = faults.collections;
    collectGarbage();
  };
  look();
  setInterval(look, lookEveryMs).unref();
  disturbClock(() => faults.clockAheadMs);
  disturbDisk(() => faults.disk);
  disturbNames(() => faults);
}
