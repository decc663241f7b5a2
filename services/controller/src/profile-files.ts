import type { Profile } from '@framegate/control';
import { ConfigError } from '@framegate/service-kit';
import { readProfile } from '@framegate/slo-file';

/** A measured profile, and the cameras that it is for. */
export interface ProfileRule {
  /** A camera id, or a pattern with `*` for any part. */
  readonly cameras: string;
  readonly profile: Profile;
}

/**
 * Reads the profiles that `FRAMEGATE_PROFILE_FILES` names: `profile.json` for all cameras, or
 * `north/*=yard.json,south/door=door.json`.
 * @throws ConfigError with every mistake of the list and of the files
 */
export function readProfileFiles(text: string): ProfileRule[] {
  const mistakes: string[] = [];
  const rules = text.split(',').flatMap((part): ProfileRule[] => {
    const [, cameras = '*', file = ''] = /^(?:([^=]*)=)?(.*)$/.exec(part.trim()) ?? [];
    if (file === '' || !/^[\w*./-]+$/.test(cameras)) {
      mistakes.push(
        `FRAMEGATE_PROFILE_FILES "${part}": expected a file, or cameras=file as in north/*=profile.json`,
      );
      return [];
    }
    try {
      return [{ cameras, profile: readProfile(file) }];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      mistakes.push(...error.mistakes);
      return [];
    }
  });
  if (mistakes.length > 0) throw new ConfigError([...new Set(mistakes)]);
  return rules;
}
