import type { CameraObservation, Observation } from '@framegate/control';
import { createStatusInference, defaultDeclaration, inferStatus, quantileOf } from '@framegate/control';
import { seededRandom } from './seeded-random.ts';

/** Milliseconds of CPU for one step, the median of 60, with every promise kept and with every one broken. */
export function stepCost(cameras: number): { readonly kept: number; readonly broken: number } {
  return { kept: costOf(cameras, 120), broken: costOf(cameras, 900) };
}

function costOf(cameras: number, latencyMs: number): number {
  const random = seededRandom('cost');
  let state = createStatusInference(defaultDeclaration(2));
  const costs: number[] = [];
  for (let second = 1; second <= 90; second++) {
    const ms = second > 30 ? latencyMs : 120;
    const observation = observationOf(cameras, second, () => ms * (0.8 + 0.4 * random()));
    const before = process.cpuUsage();
    ({ state } = inferStatus(state, observation));
    const { user, system } = process.cpuUsage(before);
    if (second > 30) costs.push((user + system) / 1000);
  }
  return quantileOf(costs, 0.5);
}

function observationOf(count: number, second: number, latencyMs: () => number): Observation {
  const stageMs = {
    decode: 4,
    gate: 0.4,
    encode: 4,
    publish: 20,
    transport: 2,
    wait: 20,
    inference: 50,
    emit: 1,
  };
  const site = (index: number): string => `site-${index % 20}`;
  const cameras = Array.from({ length: count }, (_, index): CameraObservation => {
    const latenciesMs = Array.from({ length: 10 }, latencyMs);
    const onTime = latenciesMs.filter((ms) => ms <= 500).length;
    const counts = { due: 10, onTime, superseded: 0, expired: 0, failed: 0 };
    const edge = { captured: 10, published: 10, discarded: 0, publishedBytes: 9e5 };
    return {
      cameraId: `${site(index)}/camera-${index}`,
      site: site(index),
      configVersion: 1,
      state: 'online',
      objectiveMs: 500,
      latenciesMs,
      ...counts,
      ...edge,
      stageMs,
      telemetryAgeMs: 200,
    };
  });
  const sites = Array.from({ length: 20 }, (_, index) => ({
    site: site(index),
    cpuShare: 0.4,
    uplinkBytesPerSecond: 4e6,
    uplinkQueueBytes: 0,
    brokerRoundTripMs: 30,
    clockOffsetMs: 5,
    clockErrorMs: 5,
    telemetryAgeMs: 200,
  }));
  return { atUs: second * 1e6, cameras, sites, inference: [] };
}
