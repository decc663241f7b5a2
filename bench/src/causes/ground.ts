import type { Disturbance, Scenario } from '@framegate/simulation';
import { faultScenario } from '@framegate/simulation';

/** When faults begin, seconds; before it the inference learns what is usual. */
export const injectedAtSeconds = 30;
const seconds = 52;
export const sites = ['north', 'south', 'west'] as const;
const camerasPerSite = 8;
export const replicas = 2;

/**
 * 24 cameras at three sites, two replicas of two workers, results wanted within 400 ms (usually 150). At ease no
 * scene's motion by itself breaks the promise; all of them in motion do.
 */
export const ground: Scenario = {
  ...faultScenario,
  name: 'causes',
  title: '24 cameras at three sites, at ease until a fault is injected',
  durationSeconds: seconds,
  cameras: sites.flatMap((site, siteIndex) =>
    Array.from({ length: camerasPerSite }, (_, index) => {
      const like = faultScenario.cameras[index % faultScenario.cameras.length];
      if (!like) throw new Error('the fault scenario has no cameras');
      return {
        ...like,
        cameraId: `${site}/camera-${index + 1}`,
        sourceFramesPerSecond: 5,
        objectiveMs: 400,
        // One camera at each site looks at a street, the others at yards.
        motion:
          index === siteIndex
            ? { meanOnSeconds: 60, meanOffSeconds: 2 }
            : { meanOnSeconds: 8, meanOffSeconds: 152 },
      };
    }),
  ),
  sites: sites.map((site, index) => {
    const like = faultScenario.sites[0];
    if (!like) throw new Error('the fault scenario has no sites');
    const uplink = { bitsPerSecond: 200e6, delayMs: 10 + 10 * index };
    return { ...like, site, cores: 2, uplink, clock: { offsetMs: 40 * index - 30, driftPpm: 20 } };
  }),
  cloud: {
    ...faultScenario.cloud,
    replicas,
    maxReplicas: replicas,
    workers: 2,
    models: faultScenario.cloud.models.map((model) =>
      model.model === 'large' ? { ...model, serviceMs: 100 } : model,
    ),
  },
};

/** What goes on where nothing is wrong: bursts of motion, links that breathe, telemetry that gets lost. */
export function peaceOf(random: () => number, durationSeconds: number): Disturbance[] {
  const burstAt = 10 + random() * (durationSeconds - 25);
  return [
    {
      kind: 'motion-burst',
      share: 0.05 + 0.1 * random(),
      atSeconds: burstAt,
      untilSeconds: burstAt + 4 + 10 * random(),
    },
    {
      kind: 'uplink-walk',
      site: sites[Math.floor(random() * sites.length)] ?? 'north',
      zeroShare: 0,
      atSeconds: 0,
    },
    { kind: 'telemetry-loss', of: 'all', share: 0.02, atSeconds: 0 },
    { kind: 'uplink-delay', site: 'west', addedMs: 5 + 15 * random(), atSeconds: durationSeconds / 2 },
  ];
}
