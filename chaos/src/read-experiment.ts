import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@framegate/service-kit';
import { didYouMean, formatMistake, parseYaml, readTextFile } from '@framegate/yaml-file';
import type { z } from 'zod';
import type { Experiment } from './experiment.ts';
import { experimentSchema } from './experiment.ts';
import type { Manifest } from './resources/manifest.ts';
import { manifestSchema } from './resources/manifest.ts';
import type { Resource } from './resources/resource.ts';
import { resourceSchema } from './resources/resource.ts';

const experimentsFolder = join(import.meta.dirname, '..', 'experiments');

/** What an experiment breaks. */
export interface Fault {
  readonly resource: Resource;
  /** The same word for word. */
  readonly manifest: Manifest;
}

export interface PlannedFault extends Fault {
  readonly atSeconds: number;
}

export interface ReadExperiment {
  readonly name: string;
  readonly experiment: Experiment;
  readonly faults: readonly PlannedFault[];
  /** What a random walk draws from. */
  readonly walk: readonly Fault[];
}

export function experimentNames(folder = experimentsFolder): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** @throws ConfigError with every mistake in its files */
export function readExperiment(name: string, folder = experimentsFolder): ReadExperiment {
  const own = join(folder, name);
  if (!existsSync(join(own, 'experiment.yaml'))) {
    const hint = didYouMean(name, experimentNames(folder));
    throw new ConfigError([`there is no experiment "${name}"${hint}; "chaos list" names all`]);
  }
  const experiment = readFile(join(own, 'experiment.yaml'), 'experiment', experimentSchema);
  const faults = experiment.faults.map(({ atSeconds, resource }) => ({
    atSeconds,
    ...readFault(join(own, resource)),
  }));
  const walk = (experiment.walk?.resources ?? []).map((path) => readFault(join(own, path)));
  return { name, experiment, faults, walk };
}

function readFault(path: string): Fault {
  const what = 'Chaos Mesh resource';
  return { resource: readFile(path, what, resourceSchema), manifest: readFile(path, what, manifestSchema) };
}

function readFile<Schema extends z.ZodType>(path: string, what: string, schema: Schema): z.output<Schema> {
  const format = { schema, namedLists: {}, check: () => [] };
  const parsed = parseYaml(readTextFile(path, what), path, format, {});
  if ('mistakes' in parsed) throw new ConfigError(parsed.mistakes.map(formatMistake));
  return parsed.value;
}
