import type { Rung } from '../action.ts';
import type { Declaration, LeverName } from '../declaration/declaration.ts';
import type { Prices } from './ladder.ts';
import { ladderOf, withLeverCosts } from './ladder.ts';
import { paretoFront } from './pareto-front.ts';
import type { Profile } from './profile.ts';
import type { Setting } from './settings.ts';
import { allSettingsOf } from './settings.ts';
import type { Promises } from '../declaration/promises.ts';
import { promisesOf } from '../declaration/promises.ts';

/** What is known of a camera before anything is measured: what it may be set to, and what is promised of it. */
export interface Catalogue {
  promises(cameraId: string): Promises;
  /** The setting that a rung is, or the nearest to it. */
  settingAt(cameraId: string, rung: Rung): Setting;
  top(cameraId: string): Setting;
  /** The Pareto set of what it can take, from the least worth to the most. */
  settings(cameraId: string): readonly Setting[];
  /** All that it can take, from the least worth to the most, also what ours would never choose: for the baselines. */
  allSettings(cameraId: string): readonly Setting[];
  /** The rungs from the floor up under some restrictions; the same array for the same question. */
  ladder(cameraId: string, request: LadderRequest): readonly Setting[];
}

export interface LadderRequest {
  readonly prices: Prices;
  /** Larger frames take too long on their way; where all are, the smallest are allowed. */
  readonly maxBytesPerFrame: number;
  /** As the profile has it; where all take longer, it doesn't count. */
  readonly maxServiceMs: number;
  /** Levers that stay where they are. */
  readonly held: readonly LeverName[];
  readonly now: Setting;
  /** More than this is of no use: each lever ends at its first step that reaches it. Default no end. */
  readonly wanted?: Rung | undefined;
}

interface Entry {
  /** All that the camera can take. */
  readonly all: readonly Setting[];
  /** Of it what is worth taking. */
  readonly settings: readonly Setting[];
  readonly promises: Promises;
  readonly ladders: Map<string, readonly Setting[]>;
  /** By identity: a camera's rung stays the same object until it is moved. */
  readonly nearest: WeakMap<Rung, Setting>;
  readonly top: Setting;
}

interface Shared extends Pick<Entry, 'all' | 'settings'> {
  readonly byPromises: Map<string, Entry>;
}

type Levers = Pick<Setting, 'framesPerSecond' | 'width' | 'quality' | 'motionSensitivity' | 'model'>;

/** @param profiles by camera id; `*` stands for all others */
export function createCatalogue(
  declaration: Declaration,
  profiles: ReadonlyMap<string, Profile>,
  fallback: Profile,
): Catalogue {
  const byCamera = new Map<string, Entry>();
  /** Cameras of one profile that are promised the same share an entry. */
  const byProfile = new Map<Profile, Shared>();

  const sharedOf = (profile: Profile) =>
    byProfile.getOrInsertComputed(profile, () => {
      const all = allSettingsOf(profile, declaration);
      return { all, settings: paretoFront(all), byPromises: new Map<string, Entry>() };
    });
  const profileOf = (cameraId: string): Profile => profiles.get(cameraId) ?? profiles.get('*') ?? fallback;
  const entryOf = (cameraId: string): Entry => {
    const known = byCamera.get(cameraId);
    if (known) return known;
    const profile = profileOf(cameraId);
    const promises = promisesOf(declaration, cameraId, cameraId.slice(0, Math.max(0, cameraId.indexOf('/'))));
    const { byPromises, ...shared } = sharedOf(profile);
    const kind = JSON.stringify(promises);
    const entry = byPromises.getOrInsertComputed(kind, () => createEntry(shared, promises));
    byCamera.set(cameraId, entry);
    return entry;
  };

  return {
    promises: (cameraId) => entryOf(cameraId).promises,
    top: (cameraId) => entryOf(cameraId).top,
    settings: (cameraId) => entryOf(cameraId).settings,
    allSettings: (cameraId) => entryOf(cameraId).all,
    settingAt(cameraId, rung) {
      const { nearest, all, top } = entryOf(cameraId);
      const known = nearest.get(rung) ?? nearestTo(all, rung) ?? top;
      nearest.set(rung, known);
      return known;
    },
    ladder(cameraId, request) {
      const entry = entryOf(cameraId);
      return entry.ladders.getOrInsertComputed(keyOf(request), () => climb(entry, request));
    },
  };
}

function createEntry({ all, settings }: Pick<Entry, 'all' | 'settings'>, promises: Promises): Entry {
  const top = settings.at(-1);
  if (!top) throw new RangeError('a camera has no setting, expected at least one');
  return { all, settings, promises, top, ladders: new Map(), nearest: new WeakMap() };
}

function keyOf({ prices, maxBytesPerFrame, maxServiceMs, held, now, wanted }: LadderRequest): string {
  const values = held.map((lever) => valueOf(now, lever));
  const ends = wanted ? orderedLevers.map((lever) => valueOf(wanted, lever)) : [];
  const scarce = [prices.perByte, prices.perServiceMs, maxBytesPerFrame, maxServiceMs];
  return [...scarce, ...held, ...values, 'up to', ...ends].join(' ');
}

/** Restrictions that leave nothing are dropped, the one on bytes first: a camera always has a floor. */
function climb({ all, settings: worthTaking, promises }: Entry, request: LadderRequest): Setting[] {
  const useful = request.wanted ? withinWanted(all, request.wanted, request.held) : worthTaking;
  const obeyed = ifAny(useful, (point) =>
    request.held.every((lever) => valueOf(point, lever) === valueOf(request.now, lever)),
  );
  const kept = ifAny(
    obeyed,
    (point) =>
      point.framesPerSecond >= promises.leastFramesPerSecond && point.accuracy >= promises.leastAccuracy,
  );
  const quick = ifAny(kept, ({ serviceMs }) => serviceMs <= request.maxServiceMs);
  const least = Math.min(...quick.map(({ bytesPerFrame }) => bytesPerFrame));
  const limit = Math.max(least, request.maxBytesPerFrame);
  return ladderOf(
    quick.filter(({ bytesPerFrame }) => bytesPerFrame <= limit),
    withLeverCosts(worthTaking, request.prices),
  );
}

/** Levers of which more is more. */
const orderedLevers = ['frame-rate', 'resolution', 'jpeg-quality', 'motion-sensitivity'] as const;

/** Less than all that a camera can take has other settings that are worth taking: its own Pareto set. */
function withinWanted(all: readonly Setting[], wanted: Rung, held: readonly LeverName[]): Setting[] {
  const ends = orderedLevers
    .filter((lever) => !held.includes(lever))
    .map((lever) => {
      const steps = all.map((setting) => valueOf(setting, lever) ?? 0);
      return { lever, end: Math.min(...steps.filter((step) => step >= (valueOf(wanted, lever) ?? 0))) };
    });
  return paretoFront(
    ifAny(all, (setting) => ends.every(({ lever, end }) => (valueOf(setting, lever) ?? 0) <= end)),
  );
}

function ifAny<T>(items: readonly T[], accept: (item: T) => boolean): readonly T[] {
  const accepted = items.filter(accept);
  return accepted.length > 0 ? accepted : items;
}

function valueOf(setting: Levers, lever: (typeof orderedLevers)[number]): number | undefined;
function valueOf(setting: Levers, lever: LeverName): number | string | undefined;
function valueOf(setting: Levers, lever: LeverName): number | string | undefined {
  if (lever === 'frame-rate') return setting.framesPerSecond;
  if (lever === 'resolution') return setting.width;
  if (lever === 'jpeg-quality') return setting.quality;
  if (lever === 'motion-sensitivity') return setting.motionSensitivity;
  return lever === 'model' ? setting.model : undefined;
}

function nearestTo(settings: readonly Setting[], rung: Rung): Setting | undefined {
  const distance = (point: Setting): number =>
    Math.abs(Math.log(point.framesPerSecond / rung.framesPerSecond)) +
    Math.abs(Math.log(point.width / rung.width)) +
    Math.abs(Math.log(point.quality / rung.quality)) +
    Math.abs((point.motionSensitivity ?? rung.motionSensitivity) - rung.motionSensitivity) / 100 +
    (point.model === rung.model ? 0 : 10);
  let nearest: Setting | undefined;
  let least = Infinity;
  for (const setting of settings) {
    const own = distance(setting);
    if (own < least) [nearest, least] = [setting, own];
  }
  return nearest;
}
