import { describe, expect, it } from 'vitest';
import { packageOf } from '../src/imports.ts';
import { readWorkspace, sharedTestTools } from '../src/workspace.ts';

/** Who may import whom: a package only those of the rows above its own. So there are no cycles. */
const layers = [
  [
    'contracts',
    'mailbox',
    'motion-detection',
    'packet-watch',
    'detection',
    'scene',
    'rate-sampler',
    'report-page',
    'assets',
    'message-bus',
  ],
  ['service-kit', 'test-kit', 'kafka-local', 'spool'],
  [
    'frame-ledger',
    'frame-trace',
    'control',
    'camera-directory',
    'clock-sync',
    'fault-proxy',
    'history-store',
    'message-bus-kafka',
    'object-detector',
    'object-tracking',
    'state-store',
    'video-source',
    'yaml-file',
  ],
  [
    'site-file',
    'slo-file',
    'camera-pipeline',
    'inference-pipeline',
    'run-observer',
    'event-recorder',
    'notification',
    'analysis',
    'simulation',
    'gate-explanation',
    'scaling',
    'load-generator',
  ],
  ['footage-profile'],
  [
    'service-motion-detection',
    'service-inference',
    'service-controller',
    'service-console',
    'service-topics',
    'service-load',
  ],
  ['all-in-one'],
  ['cli', 'deploy-test', 'bench', 'chaos', 'fuzz', 'observability'],
];

/** These decide and calculate: no I/O, no clock, no randomness but what is passed in. */
const pure = new Set([
  'contracts',
  'frame-ledger',
  'mailbox',
  'motion-detection',
  'packet-watch',
  'detection',
  'object-tracking',
  'rate-sampler',
  'scene',
  'report-page',
  'control',
  'simulation',
]);
const allowedInPure: Record<string, string[]> = {
  contracts: ['zod'],
  'report-page': ['d3-format', 'd3-scale', 'd3-shape'],
};
const impure =
  /\b(?:Date\.now|Math\.random|performance\.now|fetch|setTimeout|setInterval)\(|\b(?:process|console)\.|new Date\(\)/;

/** Each of these libraries has one package that knows it; benches measure ours against the bare library. */
const owners: Record<string, readonly string[]> = {
  kafkajs: ['message-bus-kafka', 'bench'],
  'node-av': ['video-source'],
  'onnxruntime-node': ['object-detector', 'bench'],
  ioredis: ['state-store'],
  '@opentelemetry/sdk-trace': ['service-kit'],
};

const packages = readWorkspace();
const workspaceName = (specifier: string) => /^@framegate\/([^/]+)/.exec(specifier)?.[1];
const layerOf = (name: string) => layers.findIndex((layer) => layer.includes(name));

describe.each(packages)('package $name', ({ name, dependencies, devDependencies, files }) => {
  const sources = files.filter((file) => !file.isTest);

  it('has its place in the table of layers', () => {
    expect(layerOf(name), 'add it to a row of `layers`').toBeGreaterThanOrEqual(0);
  });

  it('imports only packages of the layers above it', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.flatMap((specifier) => {
        const imported = workspaceName(specifier);
        if (imported === undefined || layerOf(imported) < layerOf(name)) return [];
        return `${path} imports ${specifier}`;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('declares every package that it imports', () => {
    const forTests = [...dependencies, ...devDependencies, ...sharedTestTools()];
    const undeclared = files.flatMap(({ path, isTest, imports }) =>
      imports.flatMap((specifier) => {
        const imported = packageOf(specifier);
        const declared = isTest ? forTests : dependencies;
        return imported === undefined || declared.includes(imported) ? [] : `${path} imports ${specifier}`;
      }),
    );
    expect(undeclared).toEqual([]);
  });

  it('leaves libraries that have an owner to that owner', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports.flatMap((specifier) => {
        const allowed = owners[packageOf(specifier) ?? ''] ?? [name];
        return allowed.includes(name) ? [] : `${path} imports ${specifier}: only ${allowed[0]} may`;
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe.each(packages.filter(({ name }) => pure.has(name)))('pure package $name', ({ name, files }) => {
  const sources = files.filter((file) => !file.isTest);

  it('imports no module of Node and no library but those allowed', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => !isPureImport(name, specifier))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('is given its time and its randomness, and does no I/O', () => {
    const wrong = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, i) => (impure.test(withoutComment(line)) ? `${path}:${i + 1}: ${line.trim()}` : [])),
    );
    expect(wrong).toEqual([]);
  });
});

it('every package of the table exists', () => {
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(layers.flat()));
});

function isPureImport(name: string, specifier: string): boolean {
  if (specifier.startsWith('.')) return true;
  return pure.has(workspaceName(specifier) ?? '') || (allowedInPure[name] ?? []).includes(specifier);
}

function withoutComment(line: string): string {
  return line.replace(/^\s*(?:\/?\*|\/\/).*|\s\/\/.*/, '');
}
