import type { CameraConfig, DecisionRecord, ModelCapacity } from '@framegate/contracts';
import type { Observation, Slo, Status } from '@framegate/control';
import type { Metrics } from '@framegate/service-kit';
import { boundLabel, stageBucketsSeconds } from '@framegate/service-kit';

/** What the controller exports. */
export function createControllerMetrics(metrics: Metrics) {
  const configs = metrics.counter('camera_configs_total', 'Configurations published');
  const leading = metrics.gauge('controller_leading', '1 while this controller leads');
  const fencing = metrics.gauge('controller_token', 'Fencing token of the last term');
  const decisions = metrics.counter('controller_decisions_total', 'Decisions, by loop, lever and cause', [
    'loop',
    'lever',
    'cause',
    'effect',
  ]);
  const seconds = metrics.histogram(
    'controller_step_seconds',
    'Time of one second of the loops, telling included',
    stageBucketsSeconds,
  );
  const failures = metrics.counter('controller_step_failures_total', 'Seconds whose decisions were not told');
  leading.set(0);
  failures.inc(0);
  const sight = observed(metrics);
  const moved = levers(metrics);
  const promised = promises(metrics);
  const scaling = replicas(metrics);
  return {
    saw: sight.saw,
    settings: moved.settings,
    promises: promised.stand,
    replicas: scaling.tell,
    decided: ({ loop, lever, cause, effect }: DecisionRecord) =>
      decisions.inc({ loop, lever, cause, effect }),
    leads(token: number) {
      leading.set(1);
      fencing.set(token);
    },
    /** What this one saw last is no longer true: the leader tells what is. */
    standsBy() {
      leading.set(0);
      for (const gauge of [...sight.gauges, ...moved.gauges, ...promised.gauges, ...scaling.gauges])
        gauge.reset();
    },
    published: () => configs.inc(),
    stepped: (tookMs: number) => seconds.observe(tookMs / 1000),
    failed: () => failures.inc(),
  };
}

/** What the controller sees of cameras and sites, also where nothing of them can be scraped. */
function observed(metrics: Metrics) {
  const cameraLabel = boundLabel();
  const siteLabel = boundLabel();
  const due = metrics.counter('slo_due_frames_total', 'Live frames whose fate became known', [
    'site',
    'camera',
  ]);
  const onTime = metrics.counter('slo_on_time_frames_total', 'Those that were on time', ['site', 'camera']);
  const silent = metrics.gauge('site_telemetry_age_seconds', 'Time since a site was heard', ['site']);
  const known = metrics.gauge('observed_cameras', 'Cameras by the state that their sites tell', [
    'site',
    'state',
  ]);
  return {
    gauges: [silent, known],
    saw({ cameras, sites }: Observation) {
      for (const { cameraId, ...camera } of cameras) {
        const labels = { site: siteLabel(camera.site), camera: cameraLabel(cameraId) };
        due.inc(labels, camera.due);
        onTime.inc(labels, camera.onTime);
      }
      known.reset();
      for (const { site, state } of cameras) known.inc({ site: siteLabel(site), state });
      for (const { site, telemetryAgeMs } of sites)
        silent.set({ site: siteLabel(site) }, telemetryAgeMs / 1000);
    },
  };
}

/** What is set. The name of a model is no number, so it is a label of a gauge that says 1. */
function levers(metrics: Metrics) {
  const cameraLabel = boundLabel();
  const setting = metrics.gauge('camera_setting', 'What the camera is told, by lever', ['camera', 'lever']);
  const model = metrics.gauge('camera_model_info', '1 for the model that looks at the camera', [
    'camera',
    'model',
  ]);
  const capacity = metrics.gauge('inference_setting', 'What each instance of the inference is told', [
    'model',
    'lever',
  ]);
  return {
    gauges: [setting, model, capacity],
    settings(configs: ReadonlyMap<string, CameraConfig>, models: Readonly<Record<string, ModelCapacity>>) {
      model.reset();
      for (const [camera, config] of configs) {
        // Of many cameras together no setting can be said.
        if (cameraLabel(camera) !== camera) continue;
        setting.set({ camera, lever: 'frame-rate' }, config.framesPerSecond);
        setting.set({ camera, lever: 'resolution' }, config.width);
        setting.set({ camera, lever: 'jpeg-quality' }, config.quality);
        setting.set({ camera, lever: 'motion-sensitivity' }, config.motionSensitivity);
        model.set({ camera, model: config.model }, 1);
      }
      for (const [name, { batch, workers }] of Object.entries(models)) {
        capacity.set({ model: name, lever: 'batch' }, batch);
        capacity.set({ model: name, lever: 'inference-workers' }, workers);
      }
    },
  };
}

/** What whoever owns scaling reads: consumer lag stays near zero in overload, so it says nothing. */
function replicas(metrics: Metrics) {
  const wantedReplicas = metrics.gauge(
    'inference_wanted_replicas',
    'Replicas that the load at the best settings needs, up after 30 s, down after 120 s; 0 while unknown',
  );
  const saturation = metrics.gauge(
    'inference_saturation_ratio',
    'Frames that were superseded or expired over those received, in the last second',
  );
  const tell = (wanted: number, { inference }: Observation): void => {
    wantedReplicas.set(wanted);
    let [received, lost] = [0, 0];
    for (const one of inference) {
      if (one.received > 0) received += one.received;
      if (one.received > 0) lost += one.superseded + one.expired;
    }
    if (received > 0) saturation.set(lost / received);
  };
  return { gauges: [wantedReplicas, saturation], tell };
}

/** How the declared objectives stand. */
function promises(metrics: Metrics) {
  const labels = ['slo', 'sli'] as const;
  const target = metrics.gauge('slo_target_ratio', 'Share of samples that is promised to meet it', labels);
  const objective = metrics.gauge('slo_objective', "Its objective, in the SLI's unit", labels);
  const value = metrics.gauge('slo_value', 'What the target share reached in the last two seconds', labels);
  const burn = metrics.gauge('slo_burn_rate', 'How fast its error budget is used up; 1 is just kept', [
    ...labels,
    'window',
  ]);
  const state = metrics.gauge('slo_state', '1 for the state that it is in', [...labels, 'state']);
  const stand = (slos: readonly Slo[], status: Status | undefined): void => {
    const statuses = new Map(status?.slos.map((one) => [one.slo, one]));
    for (const declared of slos) {
      const of = { slo: declared.name, sli: declared.sli };
      target.set(of, declared.target);
      objective.set(of, declared.objective);
      const now = statuses.get(declared.name);
      if (!now) continue;
      // What was not measured in these seconds has no value.
      if (Number.isFinite(now.value)) value.set(of, now.value);
      else value.remove(of);
      burn.set({ ...of, window: 'short' }, now.burnRateShort);
      burn.set({ ...of, window: 'long' }, now.burnRateLong);
      for (const one of states) state.set({ ...of, state: one }, now.state === one ? 1 : 0);
    }
  };
  return { gauges: [target, objective, value, burn, state], stand };
}

const states = ['kept', 'in-danger', 'violated'] as const;
