import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CameraConfig } from '@framegate/contracts';
import { cameraConfigSchema } from '@framegate/contracts';
import { ConfigError } from '@framegate/service-kit';
import { z } from 'zod';

const rememberedSchema = z.object({
  epochs: z.record(z.string(), z.int().nonnegative()),
  configs: z.record(z.string(), cameraConfigSchema),
});
type Remembered = z.output<typeof rememberedSchema>;

/** What an edge must not forget over a restart: the epoch of each camera, and what it was last told to do. */
export interface EdgeMemory {
  epoch(cameraId: string): number;
  rememberEpoch(cameraId: string, epoch: number): void;
  config(cameraId: string): CameraConfig | undefined;
  rememberConfig(config: CameraConfig): void;
}

/** @param save called with everything after each change */
export function createEdgeMemory(
  remembered: Remembered = { epochs: {}, configs: {} },
  save: (remembered: Remembered) => void = () => {},
): EdgeMemory {
  return {
    epoch: (cameraId) => remembered.epochs[cameraId] ?? 0,
    rememberEpoch(cameraId, epoch) {
      remembered.epochs[cameraId] = epoch;
      save(remembered);
    },
    config: (cameraId) => remembered.configs[cameraId],
    rememberConfig(config) {
      remembered.configs[config.cameraId] = config;
      save(remembered);
    },
  };
}

/**
 * An edge's memory in a JSON file, replaced whole at each change so that a power cut leaves the old or the new one.
 * A file that can't be read is set aside: epochs start from the clock, which is later than any stored one.
 * @throws ConfigError when its folder can't be written
 */
export function openEdgeMemory(path: string, onUnreadable: (error: unknown) => void): EdgeMemory {
  makeFolder(dirname(path));
  return createEdgeMemory(readMemory(path, onUnreadable), (remembered) => {
    writeFileSync(`${path}.new`, JSON.stringify(remembered), { flush: true });
    renameSync(`${path}.new`, path);
  });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ConfigError([
      `the state folder ${folder} can't be written (${reason}): name a folder that this user may write`,
    ]);
  }
}

function readMemory(path: string, onUnreadable: (error: unknown) => void): Remembered | undefined {
  try {
    return rememberedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) onUnreadable(error);
    return undefined;
  }
}
