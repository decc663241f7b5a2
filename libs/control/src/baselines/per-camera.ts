import type { Action, Decision } from '../action.ts';
import type { Catalogue } from '../profile/catalogue.ts';
import { latencyText } from '../loops/reason.ts';
import { quantileOf } from '../observation/latency-histogram.ts';
import type { CameraObservation, Observation, SiteObservation } from '../observation/observation.ts';
import type { Policy } from '../policy.ts';
import type { ProfilePoint } from '../profile/profile.ts';
import { changedLevers, changeText, settingText } from '../profile/setting-text.ts';
import { rungOf } from '../profile/settings.ts';

/** What a baseline knows of one camera in one second. */
export interface CameraView {
  readonly camera: CameraObservation;
  readonly site: SiteObservation | undefined;
  /** How many cameras share its uplink, and the workers. */
  readonly camerasAtSite: number;
  readonly cameras: number;
  /** 95th percentile of its latencies over its objective; 2 when frames were due and none came, NaN when none were due. */
  readonly lateness: number;
  /** All its settings, from the least worth to the most. */
  readonly settings: readonly ProfilePoint[];
  readonly observation: Observation;
}

/** A controller that decides for each camera by itself. */
export interface CameraRule<Own> {
  readonly name: string;
  init(settings: readonly ProfilePoint[]): Own;
  next(own: Own, view: CameraView): { readonly own: Own; readonly setting: ProfilePoint };
}

interface Remembered<Own> {
  readonly own: Own;
  readonly setting: ProfilePoint;
}

export type BaselineState<Own> = Readonly<Record<string, Remembered<Own>>>;

/** Makes a policy of a rule: it starts from the most accurate setting and publishes what changes. */
export function perCamera<Own>(catalogue: Catalogue, rule: CameraRule<Own>): Policy<BaselineState<Own>> {
  return {
    name: rule.name,
    init: () => ({}),
    step(state, observation) {
      const next: Record<string, Remembered<Own>> = { ...state };
      const actions: Action[] = [];
      const decisions: Decision[] = [];
      const sites = new Map(observation.sites.map((site) => [site.site, site]));
      const atSite = Map.groupBy(observation.cameras, ({ site }) => site);
      for (const camera of observation.cameras) {
        const { cameraId } = camera;
        const settings = catalogue.allSettings(cameraId);
        const before = next[cameraId] ?? {
          own: rule.init(settings),
          setting: settings.at(-1) ?? catalogue.top(cameraId),
        };
        const lateness = latenessOf(camera);
        const { own, setting } = rule.next(before.own, {
          camera,
          site: sites.get(camera.site),
          camerasAtSite: atSite.get(camera.site)?.length ?? 1,
          cameras: observation.cameras.length,
          lateness,
          settings,
          observation,
        });
        next[cameraId] = { own, setting };
        if (next[cameraId].setting === before.setting && state[cameraId]) continue;
        const [from, to] = [rungOf(before.setting, 50), rungOf(setting, 50)];
        actions.push({ kind: 'configure-camera', cameraId, rung: to });
        if (changedLevers(from, to).length === 0) continue;
        decisions.push({
          id: `0/${observation.atUs}/${cameraId}`,
          atUs: observation.atUs,
          loop: 'fast',
          slo: 'latency',
          sli: 'latency',
          value: lateness * camera.objectiveMs,
          objective: camera.objectiveMs,
          cause: lateness > 1 ? 'uplink' : 'recovered',
          at: camera.site,
          lever: changedLevers(from, to)[0] ?? 'frame-rate',
          subjects: [cameraId],
          from: settingText(from),
          to: settingText(to),
          reason: `${latencyText(lateness * camera.objectiveMs, camera.objectiveMs)}: ${rule.name} moves ${cameraId} ${changeText(from, to)}`,
        });
      }
      return { state: next, actions, decisions };
    },
  };
}

function latenessOf({ latenciesMs, due, objectiveMs }: CameraObservation): number {
  if (latenciesMs.length > 0) return quantileOf(latenciesMs, 0.95) / objectiveMs;
  return due > 0 ? 2 : Number.NaN;
}

/** The settings that differ from the most accurate one by their frame rate only, slowest first. */
export function rateLadder(settings: readonly ProfilePoint[]): readonly ProfilePoint[] {
  const top = settings.at(-1);
  return settings
    .filter(
      ({ width, quality, model }) => width === top?.width && quality === top.quality && model === top.model,
    )
    .toSorted((a, b) => a.framesPerSecond - b.framesPerSecond);
}

/** The fastest setting that is not faster than `framesPerSecond`, the slowest where all are. */
export function atRate(ladder: readonly ProfilePoint[], framesPerSecond: number): ProfilePoint {
  const setting = ladder.findLast((one) => one.framesPerSecond <= framesPerSecond + 1e-9) ?? ladder[0];
  if (!setting) throw new RangeError('a ladder has no rung, expected at least one');
  return setting;
}
