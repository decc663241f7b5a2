import type { CoefficientName, Coefficients, FleetFile } from './fleet.ts';

/** What a fleet takes; cores are provisioned ones, euros are a camera's in a month. */
export interface FleetCost {
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  readonly bitsPerSecondOfSite: number;
  readonly edgeCores: number;
  readonly cloudCores: number;
  readonly brokers: number;
  /** On the disks of all brokers. */
  readonly storedBytes: number;
  readonly euros: EurosOfCamera;
}

export interface EurosOfCamera {
  readonly edge: number;
  readonly inference: number;
  readonly brokers: number;
  readonly storage: number;
  readonly uplink: number;
  readonly total: number;
}

const secondsOfMonth = (365 / 12) * 86_400;
const gigabyte = 1e9;

/**
 * A fleet on paper: coefficients times sizes, nothing else. It is linear but for brokers, which come whole. Costs of
 * people, buildings, cameras and electricity are not in it.
 */
export function fleetCost({ fleet, provisioning, prices, coefficients }: FleetFile): FleetCost {
  const { cameras } = fleet;
  const at = valueOf(coefficients);
  const framesPerSecond = cameras * fleet.framesPerSecond * fleet.motionShare;
  const bytesPerSecond = framesPerSecond * at('frameBytes');
  const cores = (cpuMsPerSecond: number): number => cpuMsPerSecond / 1000 / provisioning.busyShare;
  const edgeCores = cores(
    cameras * at('edgeCpuMs') + framesPerSecond * (at('encodeCpuMs') + at('publishCpuMs')),
  );
  const cloudCores = cores(
    framesPerSecond * (at('intakeCpuMs') + at('detectCpuMs') + at('observeCpuMs')) +
      cameras * at('controlCpuMs'),
  );
  const writtenPerSecond = bytesPerSecond * provisioning.replication;
  const brokerCores = cores(framesPerSecond * provisioning.replication * at('brokerCpuMs'));
  const brokers = Math.max(
    provisioning.leastBrokers,
    Math.ceil(writtenPerSecond / provisioning.bytesPerSecondPerBroker),
    Math.ceil(brokerCores / provisioning.coresPerBroker),
  );
  const storedBytes = writtenPerSecond * provisioning.retentionHours * 3600;
  const parts = {
    edge: (edgeCores * prices.edgeCoreMonth) / cameras,
    inference: (cloudCores * prices.cloudCoreMonth) / cameras,
    brokers: (brokers * provisioning.coresPerBroker * prices.cloudCoreMonth) / cameras,
    storage: ((storedBytes / gigabyte) * prices.storageGbMonth) / cameras,
    uplink: (((bytesPerSecond * secondsOfMonth) / gigabyte) * prices.uplinkGb) / cameras,
  };
  const total = Object.values(parts).reduce((sum, euros) => sum + euros, 0);
  return {
    framesPerSecond,
    bytesPerSecond,
    bitsPerSecondOfSite: (8 * bytesPerSecond * fleet.camerasPerSite) / cameras,
    edgeCores,
    cloudCores,
    brokers,
    storedBytes,
    euros: { ...parts, total },
  };
}

function valueOf(coefficients: Coefficients): (name: CoefficientName) => number {
  return (name) => coefficients[name].value;
}
