import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CoefficientName, FleetFile } from './fleet.ts';
import { fleetFileSchema, readFleet } from './fleet.ts';
import { fleetCost } from './paper-model.ts';

const shipped = readFleet(join(import.meta.dirname, '../../fleet.json'));

function withCoefficients(values: Readonly<Record<CoefficientName, number>>): FleetFile {
  const coefficients = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, unit: 'x', from: 'a test' }]),
  );
  return fleetFileSchema.parse({
    '//': '',
    fleet: { cameras: 1000, camerasPerSite: 4, framesPerSecond: 10, motionShare: 0.1 },
    provisioning: {
      busyShare: 0.5,
      replication: 3,
      leastBrokers: 3,
      coresPerBroker: 4,
      bytesPerSecondPerBroker: 50e6,
      retentionHours: 1,
    },
    prices: { edgeCoreMonth: 2, cloudCoreMonth: 10, storageGbMonth: 0.1, uplinkGb: 0.01 },
    coefficients,
  });
}

const values = {
  frameBytes: 100_000,
  edgeCpuMs: 50,
  encodeCpuMs: 4,
  publishCpuMs: 1,
  brokerCpuMs: 1,
  intakeCpuMs: 2,
  detectCpuMs: 37,
  observeCpuMs: 1,
  controlCpuMs: 0.1,
};

describe('the paper model', () => {
  it('multiplies what was measured with what is assumed', () => {
    const { euros, ...cost } = fleetCost(withCoefficients(values));
    expect(cost).toEqual({
      framesPerSecond: 1000,
      bytesPerSecond: 1e8,
      bitsPerSecondOfSite: 3.2e6,
      // (1000 x 50 + 1000 x 5) ms a second at half load.
      edgeCores: 110,
      // (1000 x 40 + 1000 x 0.1) ms a second at half load.
      cloudCores: 80.2,
      // 300 MB/s of copies over 50 MB/s a broker; their cores would be 2.
      brokers: 6,
      storedBytes: 3e8 * 3600,
    });
    expect(euros.edge).toBeCloseTo(0.22);
    expect(euros.inference).toBeCloseTo(0.802);
    expect(euros.brokers).toBeCloseTo(0.24);
    expect(euros.storage).toBeCloseTo(0.108);
    expect(euros.uplink).toBeCloseTo(2.628);
    expect(euros.total).toBeCloseTo(3.998);
  });

  it('takes as many brokers as their cores need where frames are small, and never fewer than the least', () => {
    const busy = withCoefficients({ ...values, frameBytes: 100, brokerCpuMs: 10 });
    expect(fleetCost(busy).brokers).toBe(15);
    expect(fleetCost({ ...busy, fleet: { ...busy.fleet, cameras: 1 } }).brokers).toBe(3);
  });

  it('grows in line with cameras', () => {
    const small = fleetCost(shipped);
    const large = fleetCost({ ...shipped, fleet: { ...shipped.fleet, cameras: 3 * shipped.fleet.cameras } });
    expect(large.edgeCores / small.edgeCores).toBeCloseTo(3);
    expect(large.cloudCores / small.cloudCores).toBeCloseTo(3);
  });
});

describe('the file of assumptions', () => {
  it('says that it assumes, and where each coefficient comes from', () => {
    expect(shipped['//']).toContain('assumptions');
    for (const { from } of Object.values(shipped.coefficients)) expect(from).toMatch(/^bench /);
  });

  it('is refused with its name and each mistake', () => {
    const path = join(import.meta.dirname, '../../package.json');
    expect(() => readFleet(path)).toThrow(/package\.json:\n[^]*fleet[^]*prices/);
  });
});
