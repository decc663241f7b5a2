import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { need } from '@framegate/test-kit';
import { parseYaml, readTextFile } from '@framegate/yaml-file';
import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { experimentNames, readExperiment } from '../src/read-experiment.ts';
import { manifestFor } from '../src/resources/manifest.ts';

const definitionSchema = z.looseObject({
  spec: z.looseObject({
    names: z.looseObject({ kind: z.string() }),
    versions: z.tuple([
      z.looseObject({
        name: z.string(),
        schema: z.looseObject({ openAPIV3Schema: z.record(z.string(), z.unknown()) }),
      }),
    ]),
  }),
});

/** Of Chaos Mesh's Go module, which has no file of ours. */
function folderOfDefinitions(): string | undefined {
  const modules = join(process.env['GOMODCACHE'] ?? join(homedir(), 'go/pkg/mod'), 'github.com/chaos-mesh');
  if (!existsSync(modules)) return undefined;
  const newest = readdirSync(modules)
    .filter((name) => name.startsWith('chaos-mesh@'))
    .toSorted()
    .at(-1);
  const folder = newest && join(modules, newest, 'config/crd/bases');
  return folder !== undefined && existsSync(folder) ? folder : undefined;
}

/** An API server that is asked to be strict refuses fields that a schema does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  // A flag in OpenAPI 3.0, a number in JSON Schema; no resource of ours is at such a bound.
  const entries = Object.entries(schema).filter(([key]) => key !== 'exclusiveMinimum');
  const inner = Object.fromEntries(entries.map(([key, value]) => [key, closed(value)]));
  const isOpen = 'additionalProperties' in schema || 'x-kubernetes-preserve-unknown-fields' in schema;
  return 'properties' in schema && !isOpen ? { ...inner, additionalProperties: false } : inner;
}

/** By kind. */
function readDefinitions(folder: string): Map<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const definitions = new Map<string, ValidateFunction>();
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    const format = { schema: definitionSchema, namedLists: {}, check: () => [] };
    const parsed = parseYaml(readTextFile(path, 'definition'), path, format, {});
    if ('mistakes' in parsed) throw new Error(`${path}: ${JSON.stringify(parsed.mistakes)}`);
    const { names, versions } = parsed.value.spec;
    const { metadata: _, ...properties } = z
      .record(z.string(), z.unknown())
      .parse(versions[0].schema.openAPIV3Schema['properties']);
    const schema = closed({ type: 'object', properties: { ...properties, metadata: {} } });
    definitions.set(names.kind, ajv.compile(z.record(z.string(), z.unknown()).parse(schema)));
  }
  return definitions;
}

const folder = folderOfDefinitions();
const isThere = need(
  'the definitions of Chaos Mesh',
  () => folder !== undefined,
  'go mod download $(cat chaos/test/chaos-mesh-module.txt)',
);

describe.skipIf(!isThere)("Chaos Mesh's own definitions", () => {
  const definitions = folder === undefined ? new Map<string, ValidateFunction>() : readDefinitions(folder);
  const errorsOf = (manifest: { readonly kind: string; readonly [field: string]: unknown }): unknown => {
    const validate = definitions.get(manifest.kind);
    return validate ? (validate(manifest), validate.errors) : `there is no ${manifest.kind}`;
  };

  it.each(experimentNames())('have every resource of %s as it is, and as it is sent to a cluster', (name) => {
    const { faults, walk } = readExperiment(name);
    for (const { manifest } of [...faults, ...walk]) {
      expect(errorsOf(manifest), manifest.metadata.name).toBeNull();
      expect(errorsOf(manifestFor(manifest, { namespace: 'n', suffix: '1' }))).toBeNull();
    }
  });

  it('refuse a field, a value and a type that are wrong', () => {
    const [fault] = readExperiment('inference-killed').faults;
    if (!fault) throw new Error('it has no fault');
    const { manifest } = fault;
    for (const wrong of [{ mod: 'one' }, { action: 'explode' }, { gracePeriod: 'long' }])
      expect(errorsOf({ ...manifest, spec: { ...manifest.spec, ...wrong } })).toHaveLength(1);
  });
});
