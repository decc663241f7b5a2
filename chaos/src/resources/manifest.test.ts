import { describe, expect, it } from 'vitest';
import { readExperiment } from '../read-experiment.ts';
import { manifestFor } from './manifest.ts';

function placed(experiment: string, brokerHosts?: readonly string[]) {
  const [fault] = readExperiment(experiment).faults;
  if (!fault) throw new Error(`${experiment} has no fault`);
  return manifestFor(fault.manifest, { namespace: 'n', suffix: '1', ...(brokerHosts && { brokerHosts }) });
}

describe('a fault between edge and broker', () => {
  it('is also for the addresses under which the edge knows its brokers, since a Service hides those of pods', () => {
    expect(placed('uplink-cut', ['203.0.113.7']).spec).toMatchObject({
      direction: 'both',
      externalTargets: ['203.0.113.7'],
      target: { mode: 'all' },
    });
  });

  it('slows down only what goes to an address: Chaos Mesh refuses the other direction', () => {
    expect(placed('lossy-uplink', ['203.0.113.7']).spec).toMatchObject({
      direction: 'to',
      externalTargets: ['203.0.113.7'],
    });
    expect(placed('lossy-uplink').spec).toMatchObject({ direction: 'both' });
  });
});

it('a fault of pods is for no address', () => {
  expect(placed('inference-killed', ['203.0.113.7']).spec).not.toHaveProperty('externalTargets');
});
