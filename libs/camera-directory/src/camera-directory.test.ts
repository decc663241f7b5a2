import type { CameraConfig, CameraIntent } from '@framegate/contracts';
import { cameraConfigEvent, cameraIntentEvent, topicNames } from '@framegate/contracts';
import { describe, expect, it } from 'vitest';
import { createCameraDirectory } from './camera-directory.ts';

const wanted = { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model: 'm' };
const intent = (revision: number): CameraIntent => ({
  cameraId: 's/a',
  revision,
  motionMasks: [],
  privacyMasks: [],
  zones: [],
  classes: [],
  objectiveMs: 500,
  preRollSeconds: 0,
  postRollSeconds: 0,
  keepAliveSeconds: 0,
  wanted,
});
const config = (token: number, version: number): CameraConfig => ({
  cameraId: 's/a',
  token,
  version,
  intentRevision: 0,
  partition: 0,
  reason: '',
  ...wanted,
});
const intentMessage = (revision: number) => ({
  topic: topicNames.cameraIntent,
  ...cameraIntentEvent.encode(intent(revision)),
});
const configMessage = (token: number, version: number) => ({
  topic: topicNames.cameraConfig,
  ...cameraConfigEvent.encode(config(token, version)),
});

describe('the directory of cameras', () => {
  it('keeps the newest configuration and refuses a deposed writer', () => {
    const directory = createCameraDirectory();
    expect(directory.take(configMessage(2, 1))).toBe('s/a');
    expect(directory.take(configMessage(1, 9))).toBeUndefined();
    expect(directory.configs.get('s/a')).toMatchObject({ token: 2, version: 1 });
  });

  it('keeps the newest intent, also when an old revision is told again', () => {
    const directory = createCameraDirectory();
    directory.take(intentMessage(3));
    expect(directory.take(intentMessage(2))).toBeUndefined();
    expect(directory.intents.get('s/a')?.revision).toBe(3);
  });

  it('forgets an intent that was deleted, and takes the next one whatever its revision', () => {
    const directory = createCameraDirectory();
    const deleted = { topic: topicNames.cameraIntent, key: 's/a', headers: {}, body: new Uint8Array(0) };
    directory.take(intentMessage(3));
    expect(directory.take(deleted)).toBe('s/a');
    expect(directory.intents.size).toBe(0);
    expect(directory.take(deleted)).toBeUndefined();
    expect(directory.take(intentMessage(1))).toBe('s/a');
  });

  it('refuses a deposed writer also where the configuration was deleted', () => {
    const directory = createCameraDirectory();
    directory.take(configMessage(2, 1));
    const deleted = { topic: topicNames.cameraConfig, key: 's/a', headers: {}, body: new Uint8Array(0) };
    expect(directory.take(deleted)).toBeUndefined();
    expect(directory.take(configMessage(1, 9))).toBeUndefined();
  });

  it('refuses what is neither', () => {
    const strange = { ...configMessage(1, 1), topic: topicNames.cameraIntent };
    expect(() => createCameraDirectory().take(strange)).toThrow('expected io.framegate.camera-intent');
  });
});
