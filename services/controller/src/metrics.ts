import type { DecisionRecord } from '@framegate/contracts';
import type { Observation } from '@framegate/control';
import type { Metrics } from '@framegate/service-kit';

/** What the controller exports. */
export function createControllerMetrics(metrics: Metrics) {
  const configs = metrics.counter('camera_configs_total', 'Configurations published');
  const version = metrics.gauge('camera_config_version', 'Version of the last configuration', ['camera']);
  const leading = metrics.gauge('controller_leading', '1 while this controller leads');
  const fencing = metrics.gauge('controller_token', 'Fencing token of the last term');
  const decisions = metrics.counter('controller_decisions_total', 'Decisions, by loop, lever and cause', [
    'loop',
    'lever',
    'cause',
    'effect',
  ]);
  const due = metrics.counter('slo_due_frames_total', 'Live frames whose fate became known', ['camera']);
  const onTime = metrics.counter('slo_on_time_frames_total', 'Those that were on time', ['camera']);
  return {
    decided: ({ loop, lever, cause, effect }: DecisionRecord) =>
      decisions.inc({ loop, lever, cause, effect }),
    saw({ cameras }: Observation) {
      for (const camera of cameras) {
        due.inc({ camera: camera.cameraId }, camera.due);
        onTime.inc({ camera: camera.cameraId }, camera.onTime);
      }
    },
    leads(token: number) {
      leading.set(1);
      fencing.set(token);
    },
    standsBy() {
      leading.set(0);
    },
    published(camera: string, toVersion: number) {
      configs.inc();
      version.set({ camera }, toVersion);
    },
  };
}
