import type { CameraIntent } from '@framegate/contracts';
import type { Profile } from '@framegate/control';
import { defaultDeclaration } from '@framegate/control';
import { describe, expect, it } from 'vitest';
import { createProfileChoice } from './profile-choice.ts';

const point = { quality: 80, accuracy: 1, bytesPerFrame: 1000, serviceMs: 20 };
function measured(name: string, width: number, ...models: string[]): Profile {
  return { name, points: models.map((model) => ({ ...point, framesPerSecond: 10, width, model })) };
}
function camera(cameraId: string, model = 'm'): Pick<CameraIntent, 'cameraId' | 'wanted'> {
  const wanted = { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model };
  return { cameraId, wanted };
}
const rules = [
  { cameras: 'north/*', profile: measured('yard', 640, 'm', 'large') },
  { cameras: 'south/door', profile: measured('door', 4000, 'm') },
];
const declaration = defaultDeclaration(2);
const choose = createProfileChoice(rules)(declaration);

describe('the profile of a camera', () => {
  it('is the first that fits it, with the points of its model where nothing moves the model', () => {
    const { profile, refused } = choose(camera('north/a', 'large'));
    expect(profile).toMatchObject({ name: 'yard', points: [{ model: 'large' }] });
    expect(refused).toBeUndefined();
    expect(choose(camera('north/b', 'large')).profile).toBe(profile);
  });

  it('is whole where a lever moves the model', () => {
    const lever = {
      lever: 'model',
      scope: 'camera',
      steps: ['m', 'large'],
      settleSeconds: 2,
      cost: 1,
    } as const;
    const moving = createProfileChoice(rules)({ ...declaration, levers: [...declaration.levers, lever] });
    expect(moving(camera('north/a')).profile.points).toHaveLength(2);
  });

  it('is the built-in one where none fits', () => {
    expect(choose(camera('south/gate'))).toMatchObject({ profile: { name: 'built-in' } });
    expect(choose(camera('south/gate')).refused).toBeUndefined();
  });

  it('is the built-in one where the measured one has not its model, or nothing within the levers', () => {
    const without = choose(camera('north/a', 'other'));
    expect(without.profile.name).toBe('built-in');
    expect(without.refused).toContain('--models other');
    const beyond = choose(camera('south/door'));
    expect(beyond.profile.name).toBe('built-in');
    expect(beyond.refused).toContain('door has no point within the declared levers');
  });
});
