import type { CameraConfig } from '@framegate/contracts';
import { describe, expect, it } from 'vitest';
import { intentOf } from '../../test/frames-fixture.ts';
import { leverShares } from './lever-shares.ts';

const second = (seconds: number): number => seconds * 1e6;
const intents = new Map(
  ['gate', 'door', 'never'].map((name) => [`north/${name}`, intentOf(`north/${name}`)]),
);
const halved: CameraConfig = {
  ...intentOf('north/gate').wanted,
  cameraId: 'north/gate',
  framesPerSecond: 5,
  width: 320,
  token: 1,
  version: 1,
  intentRevision: 0,
  partition: 0,
  reason: '',
};
const directory = { intents, configs: new Map([['north/gate', halved]]) };
const gate = { cameraId: 'north/gate', heardAtUs: second(99) };
const door = { cameraId: 'north/door', heardAtUs: second(90) };

describe('what cameras are given of what is wanted of them', () => {
  it('is a mean over those that run, and not over those that were only configured', () => {
    expect(leverShares([gate, door], directory, second(100))).toEqual({
      frameRate: 0.75,
      width: 0.625,
      quality: 1,
    });
  });

  it('counts no camera that has fallen silent, as one that was removed, or of which nothing is wanted', () => {
    const alone = leverShares([gate], directory, second(100));
    const others = [
      { ...door, heardAtUs: second(70) },
      { cameraId: 'south/yard', heardAtUs: second(99) },
    ];
    expect(leverShares([gate, ...others], directory, second(100))).toEqual(alone);
    expect(leverShares([door], directory, second(200))).toBeNull();
  });
});
