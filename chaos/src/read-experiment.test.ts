import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { durationMs, whyNotLocal } from './local/inject.ts';
import { experimentNames, readExperiment } from './read-experiment.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'framegate-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const plain = `schema: framegate.chaos/1
title: t
hypothesis: h
start: {}
durationSeconds: 10
faults: [{ atSeconds: 1, resource: fault.yaml }]
statements: [{ says: s, field: ledger.lost, max: 0 }]
`;
const selected = 'mode: all, selector: { labelSelectors: { app.kubernetes.io/component: motion-detection } }';

function write(experiment: string, kind: string, spec: string): void {
  mkdirSync(join(folder, 'x'), { recursive: true });
  writeFileSync(join(folder, 'x', 'experiment.yaml'), experiment);
  const fault = `apiVersion: chaos-mesh.org/v1alpha1\nkind: ${kind}\nmetadata: { name: n }\nspec: { ${spec} }\n`;
  writeFileSync(join(folder, 'x', 'fault.yaml'), fault);
}
const refusalOf = (kind: string, spec: string): string | undefined => {
  write(plain, kind, spec);
  const [fault] = readExperiment('x', folder).faults;
  return fault && whyNotLocal(fault.resource);
};

describe('the experiments of the repository', () => {
  it.each(experimentNames())('%s can be read, and run on this machine', (name) => {
    const { faults, experiment } = readExperiment(name);
    expect(faults.flatMap(({ resource }) => whyNotLocal(resource) ?? [])).toEqual([]);
    for (const { atSeconds, resource } of faults)
      expect(atSeconds + durationMs(resource) / 1000).toBeLessThan(experiment.durationSeconds);
  });
});

describe('an experiment', () => {
  it('is refused with every mistake, each with its line', () => {
    write(
      plain.replace('max: 0', 'most: 0').replace('title: t\n', ''),
      'PodChaos',
      `action: pod-kill, ${selected}`,
    );
    expect(() => readExperiment('x', folder)).toThrow(/experiment\.yaml:\d+:\d+: .*title[^]*most/);
    write(plain, 'PodChaos', `action: pod-explode, ${selected}`);
    expect(() => readExperiment('x', folder)).toThrow(/fault\.yaml:\d+:\d+: .*pod-explode/);
    expect(() => readExperiment('y', folder)).toThrow('there is no experiment "y"');
  });

  it('says by name what this machine can not reproduce, and ignores nothing', () => {
    expect(refusalOf('NetworkChaos', `action: corrupt, corrupt: { corrupt: "5" }, ${selected}`)).toContain(
      "NetworkChaos n: a proxy of TCP connections can't corrupt packets",
    );
    expect(refusalOf('TimeChaos', 'timeOffset: "5s"')).toContain('TimeChaos n: ');
    expect(refusalOf('StressChaos', `stressors: { memory: { workers: 1 } }, ${selected}`)).toContain(
      'memory',
    );
    expect(
      refusalOf(
        'NetworkChaos',
        `action: delay, delay: { latency: 1s }, ${selected.replace('motion-detection', 'redis')}`,
      ),
    ).toContain('only the way between motion-detection and kafka');
    expect(
      refusalOf('NetworkChaos', `action: delay, delay: { latency: 200ms, jitter: 1m0.5s }, ${selected}`),
    ).toBe(undefined);
  });
});
