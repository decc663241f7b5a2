import type { CameraConfig } from '@framegate/contracts';
import { describe, expect, it } from 'vitest';
import { intentOf } from '../../test/frames-fixture.ts';
import type { CameraFacts } from './camera-state.ts';
import { cameraState } from './camera-state.ts';

const intent = intentOf('north/door');
const config: CameraConfig = {
  ...intent.wanted,
  cameraId: intent.cameraId,
  token: 1,
  version: 1,
  intentRevision: 0,
  partition: 0,
  reason: '',
};
const fine: CameraFacts = { told: 'online', toldReason: '', silentMs: 500, spooled: 0, intent, config };

describe('the state of a camera', () => {
  it.each<[string, Partial<CameraFacts>]>([
    ['live', {}],
    ['live', { config: undefined }],
    ['adapting', { config: { ...config, framesPerSecond: 2 } }],
    ['adapting', { config: { ...config, width: 640 } }],
    ['adapting', { config: { ...config, quality: 50 } }],
    ['adapting', { config: { ...config, model: 'smaller' } }],
    ['spooling', { spooled: 12 }],
    ['connecting', { told: 'connecting' }],
    ['offline', { told: 'offline', toldReason: 'refused' }],
    ['offline', { told: 'ended' }],
    ['stale', { silentMs: 9000 }],
    ['stale', { silentMs: 9000, told: 'offline' }],
  ])('is %s with %o', (expected, change) => {
    const { state, reason } = cameraState({ ...fine, ...change });
    expect(state).toBe(expected);
    if (expected === 'live') expect(reason).toBe('');
    else if (expected !== 'connecting') expect(reason).not.toBe('');
  });

  it('says what is lowered, and by how much', () => {
    const lowered = { ...config, framesPerSecond: 2.5, width: 640 };
    expect(cameraState({ ...fine, config: lowered }).reason).toBe(
      '2.5 of 10 frames/s, 640 of 1280 pixels wide, to keep the promise',
    );
  });

  it('is no adaptation while the controller has not seen what was just saved', () => {
    const saved = { ...intent, revision: 1, wanted: { ...intent.wanted, framesPerSecond: 30 } };
    expect(cameraState({ ...fine, intent: saved }).state).toBe('live');
  });
});
