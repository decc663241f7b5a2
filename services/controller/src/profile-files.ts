import type { Profile } from '@framegate/control';
import type { FollowedFiles, Logger } from '@framegate/service-kit';
import { ConfigError, followFiles } from '@framegate/service-kit';
import { readProfile } from '@framegate/slo-file';

/** A measured profile, and the cameras that it is for. */
export interface ProfileRule {
  /** A camera id, or a pattern with `*` for any part. */
  readonly cameras: string;
  readonly profile: Profile;
}

/**
 * Follows the profiles that `FRAMEGATE_PROFILE_FILES` names; undefined where it names none.
 * @throws ConfigError with every mistake of the list, or of the first reading
 */
export function followProfiles(
  text: string | undefined,
  logger: Logger,
): FollowedFiles<readonly ProfileRule[]> | undefined {
  if (text === undefined) return undefined;
  const named = parseProfileFiles(text);
  const files = [...new Set(named.map(({ file }) => file))];
  return followFiles({ what: 'the profiles', files, read: () => readProfileFiles(named), logger });
}

interface NamedFile {
  readonly cameras: string;
  readonly file: string;
}

/**
 * The files that `FRAMEGATE_PROFILE_FILES` names: `profile.json` for all cameras, or
 * `north/*=yard.json,south/door=door.json`.
 * @throws ConfigError with every mistake of the list
 */
function parseProfileFiles(text: string): NamedFile[] {
  const mistakes: string[] = [];
  const files = text.split(',').flatMap((part): NamedFile[] => {
    const [, cameras = '*', file = ''] = /^(?:([^=]*)=)?(.*)$/.exec(part.trim()) ?? [];
    if (file !== '' && /^[\w*./-]+$/.test(cameras)) return [{ cameras, file }];
    mistakes.push(
      `FRAMEGATE_PROFILE_FILES "${part}": expected a file, or cameras=file as in north/*=profile.json`,
    );
    return [];
  });
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return files;
}

/** Reads the profiles. @throws ConfigError with every mistake of the files */
function readProfileFiles(files: readonly NamedFile[]): ProfileRule[] {
  const mistakes = new Set<string>();
  const rules = files.flatMap(({ cameras, file }): ProfileRule[] => {
    try {
      return [{ cameras, profile: readProfile(file) }];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const mistake of error.mistakes) mistakes.add(mistake);
      return [];
    }
  });
  if (mistakes.size > 0) throw new ConfigError([...mistakes]);
  return rules;
}
