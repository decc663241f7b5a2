import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { durationMs } from './local/inject.ts';
import { whyNotLocal } from './local/why-not-local.ts';
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
const selected = 'mode: all, selector: { labelSelectors: { app.kubernetes.io/component: edge } }';

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
    const { faults, walk, experiment } = readExperiment(name);
    expect([...walk, ...faults].flatMap(({ resource }) => whyNotLocal(resource) ?? [])).toEqual([]);
    for (const { atSeconds, resource } of faults)
      expect(atSeconds + durationMs(resource) / 1000).toBeLessThan(experiment.durationSeconds);
    for (const { field, max = 0 } of experiment.statements) {
      const [, index] = /^faults\.(\d+)\.recoverySeconds$/.exec(field) ?? [];
      const fault = faults[Number(index)];
      if (!fault) continue;
      const endsSeconds = fault.atSeconds + durationMs(fault.resource) / 1000;
      expect(endsSeconds + max, field).toBeLessThan(experiment.durationSeconds);
    }
    const { load } = experiment;
    if (load) expect(load.atSeconds + load.seconds).toBeLessThan(experiment.durationSeconds);
  });
});

it('all experiments, with their starts and ends, fit into 40 minutes', () => {
  const lasts = experimentNames().map((name) => readExperiment(name).experiment.durationSeconds);
  const startAndEndSeconds = 35;
  expect(lasts.reduce((sum, each) => sum + each + startAndEndSeconds, 0)).toBeLessThan(40 * 60);
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
    const time = `timeOffset: "-5s", ${selected}`;
    expect(refusalOf('TimeChaos', time)).toBe(undefined);
    expect(refusalOf('TimeChaos', `clockIds: [CLOCK_MONOTONIC], ${time}`)).toContain('CLOCK_MONOTONIC');
    const dns = (action: string): string => `action: ${action}, patterns: ["kafka*"], ${selected}`;
    expect(refusalOf('DNSChaos', dns('error'))).toBe(undefined);
    expect(refusalOf('DNSChaos', dns('random'))).toContain('random addresses');
    const disk = `action: fault, volumePath: /data, methods: [WRITE], errno: 28, ${selected}`;
    expect(refusalOf('IOChaos', disk)).toBe(undefined);
    expect(refusalOf('IOChaos', disk.replace('28', '13'))).toContain('errno 13 is none of 5 and 28');
    expect(refusalOf('IOChaos', disk.replace('/data', '/tmp'))).toContain('only the volume /data');
    expect(refusalOf('IOChaos', disk.replace('WRITE', 'READ'))).toContain('only the method WRITE');
    expect(refusalOf('IOChaos', disk.replace('28', '28, percent: 50'))).toContain('not 50 %');
    expect(refusalOf('IOChaos', disk.replace('edge', 'kafka'))).toContain('"kafka" is no service');
    expect(refusalOf('Schedule', 'schedule: "* * * * *"')).toContain('a Schedule can');
    expect(
      refusalOf(
        'NetworkChaos',
        `action: delay, delay: { latency: 1s }, ${selected.replace('edge', 'redis')}`,
      ),
    ).toContain('only the way between edge and kafka');
    expect(
      refusalOf('NetworkChaos', `action: delay, delay: { latency: 200ms, jitter: 1m0.5s }, ${selected}`),
    ).toBe(undefined);
  });
});
