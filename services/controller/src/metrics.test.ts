import { createMetrics } from '@framegate/service-kit';
import { expect, it } from 'vitest';
import { createControllerMetrics } from './metrics.ts';

it('a controller that leads no more says nothing of what it saw, but keeps what it counted', async () => {
  const metrics = createMetrics({ processMetrics: false });
  const controller = createControllerMetrics(metrics);
  const slo = { name: 'fast', sli: 'latency', objective: 500, target: 0.95, windowSeconds: 60 } as const;
  controller.leads(3);
  controller.promises([{ ...slo, scope: {}, priority: 1, weight: 1 }], undefined);
  controller.saw({ atUs: 0, cameras: [], sites: [{ ...noSite, site: 'north' }], inference: [] });
  controller.published();
  const told = async () => (await metrics.registry.metrics()).split('\n');
  expect(await told()).toContain('framegate_slo_target_ratio{slo="fast",sli="latency"} 0.95');
  expect(await told()).toContain('framegate_site_telemetry_age_seconds{site="north"} 0.5');
  controller.standsBy();
  const after = await told();
  expect(after).toContain('framegate_controller_leading 0');
  expect(after).toContain('framegate_camera_configs_total 1');
  expect(after.filter((line) => /^framegate_(slo_target_ratio|site_)/.test(line))).toEqual([]);
});

const noSite = {
  cpuShare: 0,
  uplinkBytesPerSecond: 0,
  uplinkQueueBytes: 0,
  brokerRoundTripMs: 0,
  clockOffsetMs: 0,
  clockErrorMs: 0,
  telemetryAgeMs: 500,
};
