import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEdgeMemory } from './edge-memory.ts';

const config = {
  cameraId: 's/a',
  token: 1,
  version: 2,
  intentRevision: 0,
  partition: 3,
  framesPerSecond: 5,
  width: 640,
  quality: 80,
  motionSensitivity: 50,
  model: 'm',
  reason: 'r',
};
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'framegate-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('what an edge remembers', () => {
  it('comes back after a restart', () => {
    const path = join(folder, 'deep', 'memory.json');
    const before = openEdgeMemory(path, () => expect.unreachable());
    before.rememberEpoch('s/a', 7);
    before.rememberConfig(config);
    const after = openEdgeMemory(path, () => expect.unreachable());
    expect(after.epoch('s/a')).toBe(7);
    expect(after.config('s/a')).toEqual(config);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['memory.json']);
  });

  it('begins anew, and says so, when the file is damaged', () => {
    const path = join(folder, 'memory.json');
    writeFileSync(path, '{"epochs":{"s/a":');
    const complaints: unknown[] = [];
    expect(openEdgeMemory(path, (error) => complaints.push(error)).epoch('s/a')).toBe(0);
    expect(complaints).toHaveLength(1);
  });
});
