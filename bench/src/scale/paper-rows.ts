import type { BenchReport } from '../suite/bench-report.ts';
import type { FleetFile } from './fleet.ts';
import type { FleetCost } from './paper-model.ts';

/** The paper model as rows: what is assumed, and what comes of it. */
export function paperRows(file: FleetFile, cost: FleetCost): BenchReport['rows'] {
  const { fleet, provisioning, prices } = file;
  const assumed = Object.entries({ ...fleet, ...provisioning, ...prices }).map(([name, value]) => [
    `assumed: ${name}`,
    value,
    name in prices ? '€' : '',
    'bench/fleet.json',
  ]);
  const paper = `paper, ${fleet.cameras} cameras: `;
  const model = 'paper model';
  return [
    ...assumed,
    [`${paper}frames that leave`, cost.framesPerSecond, 'frames/s', model],
    [`${paper}traffic`, cost.bytesPerSecond / 1e6, 'MB/s', model],
    [`${paper}uplink of a site of ${fleet.camerasPerSite}`, cost.bitsPerSecondOfSite / 1e6, 'Mbit/s', model],
    [`${paper}cores at the edge`, cost.edgeCores, 'cores', model],
    [`${paper}cores in the cloud`, cost.cloudCores, 'cores', model],
    [`${paper}brokers of ${provisioning.coresPerBroker} cores`, cost.brokers, 'brokers', model],
    [`${paper}kept by brokers`, cost.storedBytes / 1e9, 'GB', model],
    ...Object.entries(cost.euros).map(([part, euros]) => [
      `${paper}${part}`,
      euros,
      '€ a camera and month',
      model,
    ]),
  ];
}
