import type { Metrics } from '@framegate/service-kit';

/** What the controller exports. */
export function createControllerMetrics(metrics: Metrics) {
  const configs = metrics.counter('camera_configs_total', 'Configurations published');
  const version = metrics.gauge('camera_config_version', 'Version of the last configuration', ['camera']);
  return {
    published(camera: string, toVersion: number) {
      configs.inc();
      version.set({ camera }, toVersion);
    },
  };
}
