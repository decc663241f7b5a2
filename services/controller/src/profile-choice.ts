import type { CameraIntent } from '@framegate/contracts';
import type { Declaration, Profile } from '@framegate/control';
import { builtInProfile, matchesPattern, settingsOf } from '@framegate/control';
import type { ProfileRule } from './profile-files.ts';

export interface ChosenProfile {
  readonly profile: Profile;
  /** Why it is the built-in one although another was measured. */
  readonly refused?: string;
}

type Camera = Pick<CameraIntent, 'cameraId' | 'wanted'>;

/**
 * Which profile a camera has under a declaration: the first rule that fits it, or else the built-in one with the
 * camera's model. A profile that the levers leave nothing of would stop the loops of all cameras: it is refused.
 * Equal answers are the same object.
 */
export function createProfileChoice(
  rules: readonly ProfileRule[],
): (declaration: Declaration) => (camera: Camera) => ChosenProfile {
  const builtIn = new Map<string, Profile>();
  const ofModel = new Map<string, Profile>();

  /** Where nothing moves the model, points of others are no settings of this camera. */
  const onlyModel = (profile: Profile, rule: number, model: string): Profile =>
    ofModel.getOrInsertComputed(`${rule} ${model}`, () => ({
      ...profile,
      points: profile.points.filter((point) => point.model === model),
    }));

  return (declaration) => {
    const movesModel = declaration.levers.some(({ lever }) => lever === 'model');
    const problems = new Map<Profile, string | null>();
    return ({ cameraId, wanted: { model } }) => {
      const assumed = builtIn.getOrInsertComputed(model, builtInProfile);
      const rule = rules.findIndex(({ cameras }) => matchesPattern(cameras, cameraId));
      const named = rules[rule]?.profile;
      if (!named) return { profile: assumed };
      const measured = movesModel ? named : onlyModel(named, rule, model);
      if (measured.points.length === 0)
        return {
          profile: assumed,
          refused: `profile ${named.name} was not measured with the model ${model} of this camera: measure it with --models ${model}`,
        };
      const refused = problems.getOrInsertComputed(measured, () => problemOf(measured, declaration));
      return refused === null ? { profile: measured } : { profile: assumed, refused };
    };
  };
}

function problemOf(profile: Profile, declaration: Declaration): string | null {
  try {
    settingsOf(profile, declaration);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
