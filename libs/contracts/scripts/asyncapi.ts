import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { asyncApiDocument } from './asyncapi-document.ts';

/** Writes docs/asyncapi.yaml: the prose of this folder with the schemas, topics and examples of the code. */
const file = join(import.meta.dirname, '../../../docs/asyncapi.yaml');
const head = '# Written by libs/contracts/scripts/asyncapi.ts: change the prose there and run it again.\n';
// Readers of YAML 1.1 would take an unquoted time for a date.
const options = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;
const yaml = head + stringify(asyncApiDocument(), options);
writeFileSync(file, await format(yaml, { ...(await resolveConfig(file)), parser: 'yaml' }));
