import type {
  CameraConfig,
  Detection,
  EdgeTelemetry,
  InferenceTelemetry,
  Outcome,
} from '@framegate/contracts';
import { siteOf } from '@framegate/contracts';
import type { CameraWindow } from './camera-window.ts';
import { createCameraWindow } from './camera-window.ts';
import type { InferenceWindow } from './inference-window.ts';
import { createInferenceWindow } from './inference-window.ts';
import type { Observation } from './observation.ts';
import type { SiteWindow } from './site-window.ts';
import { createSiteWindow } from './site-window.ts';

/**
 * Joins what the topics tell into what the controller sees of each second. Everything may come late, twice, out of
 * order or not at all. Ages count from when something was heard by the controller's own clock, so a sender's wrong
 * clock makes nothing stale.
 */
export interface ObservationWindow {
  edge(telemetry: EdgeTelemetry, heardAtUs: number): void;
  inference(telemetry: InferenceTelemetry, heardAtUs: number): void;
  detection(detection: Detection): void;
  outcome(outcome: Outcome): void;
  /** What came since the last call. @param configs what each camera is told to obey */
  observe(nowUs: number, configs: ReadonlyMap<string, CameraConfig>): Observation;
}

/** What was silent for so long is gone: an instance that was scaled down, a site that was taken away. */
const forgetAfterUs = 60e6;

export function createObservationWindow(): ObservationWindow {
  const cameras = new Map<string, CameraWindow>();
  const sites = new Map<string, SiteWindow>();
  const instances = new Map<string, InferenceWindow>();

  const cameraOf = (cameraId: string): CameraWindow =>
    cameras.getOrInsertComputed(cameraId, () => createCameraWindow(cameraId));

  return {
    edge(telemetry, heardAtUs) {
      const { site } = telemetry;
      const window = sites.getOrInsertComputed(site, () => createSiteWindow(site));
      if (!window.take(telemetry, heardAtUs)) return;
      for (const camera of telemetry.cameras)
        if (siteOf(camera.cameraId) === site) cameraOf(camera.cameraId).telemetry(camera, heardAtUs);
    },
    inference(telemetry, heardAtUs) {
      const { instance } = telemetry;
      instances
        .getOrInsertComputed(instance, () => createInferenceWindow(instance))
        .take(telemetry, heardAtUs);
    },
    detection: (detection) => cameraOf(detection.cameraId).detection(detection),
    outcome: (outcome) => cameraOf(outcome.cameraId).outcome(outcome),
    observe(nowUs, configs) {
      forgetSilent(cameras, nowUs);
      forgetSilent(sites, nowUs);
      forgetSilent(instances, nowUs);
      return {
        atUs: nowUs,
        cameras: [...cameras.values()].flatMap((camera) => camera.observe(nowUs, configs) ?? []),
        sites: [...sites.values()].map((site) => site.observe(nowUs)),
        inference: [...instances.values()].flatMap((instance) => instance.observe(nowUs)),
      };
    },
  };
}

function forgetSilent(windows: Map<string, { readonly heardAtUs: number }>, nowUs: number): void {
  for (const [name, { heardAtUs }] of windows) if (nowUs - heardAtUs > forgetAfterUs) windows.delete(name);
}
