import type { Environment, FileMistake } from '@framegate/yaml-file';
import { parseYaml } from '@framegate/yaml-file';
import { repeatedNames } from './repeated-names.ts';
import { siteFileSchema } from './site-schema.ts';
import type { Site } from './site.ts';
import { withDefaults } from './with-defaults.ts';

export type ParsedSite = { readonly site: Site } | { readonly mistakes: readonly FileMistake[] };

const siteFormat = {
  schema: siteFileSchema,
  namedLists: {
    cameras: { what: 'camera', nameKey: 'id' },
    motionMasks: { what: 'motion mask', nameKey: 'name' },
    privacyMasks: { what: 'privacy mask', nameKey: 'name' },
    zones: { what: 'zone', nameKey: 'name' },
  },
  check: repeatedNames,
};

/**
 * Reads a site file (YAML). Either the site, with defaults filled in and `${NAME}` replaced from `env`, or every
 * mistake with its line and column, in the file's order. No mistake shows a secret.
 * @param fileName for the messages only
 */
export function parseSite(text: string, fileName: string, env: Environment): ParsedSite {
  const parsed = parseYaml(text, fileName, siteFormat, env);
  return 'mistakes' in parsed ? parsed : { site: withDefaults(parsed.value) };
}
