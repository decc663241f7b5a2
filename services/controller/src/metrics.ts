import type { Metrics } from '@framegate/service-kit';

/** What the controller exports. */
export function createControllerMetrics(metrics: Metrics) {
  const configs = metrics.counter('camera_configs_total', 'Configurations published');
  const version = metrics.gauge('camera_config_version', 'Version of the last configuration', ['camera']);
  const leading = metrics.gauge('controller_leading', '1 while this controller leads');
  const fencing = metrics.gauge('controller_token', 'Fencing token of the last term');
  return {
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
