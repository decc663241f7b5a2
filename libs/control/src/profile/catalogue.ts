import type { Rung } from '../action.ts';
import type { Declaration, LeverName } from '../declaration/declaration.ts';
import { leverFields } from '../declaration/lever-fields.ts';
import type { Prices } from './ladder.ts';
import { ladderOf, withLeverCosts } from './ladder.ts';
import { paretoFront } from './pareto-front.ts';
import type { Profile } from './profile.ts';
import type { Setting } from './settings.ts';
import type { Levers } from './setting-at.ts';
import { settingAt } from './setting-at.ts';
import { allSettingsOf } from './settings.ts';
import type { Promises } from '../declaration/promises.ts';
import { promisesOf } from '../declaration/promises.ts';

/** What is known of a camera before anything is measured: what it may be set to, and what is promised of it. */
export interface Catalogue {
  promises(cameraId: string): Promises;
  /** The setting that a rung is. */
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
  /** More than this is of no use; it is a step itself. Default no end. */
  readonly wanted?: Rung | undefined;
}

interface Entry {
  /** All that the camera can take. */
  readonly all: readonly Setting[];
  /** Of it what is worth taking. */
  readonly settings: readonly Setting[];
  readonly promises: Promises;
  readonly ladders: Map<string, readonly Setting[]>;
  /** What is worth taking where so much is wanted. */
  readonly within: Map<string, readonly Setting[]>;
  /** By identity: a camera's rung stays the same object until it is moved. */
  readonly byRung: WeakMap<Rung, Setting>;
  readonly top: Setting;
}

/** Of a lever that is no camera's there is none. */
const fields: Partial<Record<LeverName, keyof Levers>> = leverFields;

interface Shared extends Pick<Entry, 'all' | 'settings'> {
  readonly byPromises: Map<string, Entry>;
}

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
      const { byRung, all } = entryOf(cameraId);
      return byRung.getOrInsertComputed(rung, () => settingAt(all, rung));
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
  return { all, settings, promises, top, ladders: new Map(), within: new Map(), byRung: new WeakMap() };
}

function keyOf({ prices, maxBytesPerFrame, maxServiceMs, held, now, wanted }: LadderRequest): string {
  const values = held.map((lever) => valueOf(now, lever));
  const scarce = [prices.perByte, prices.perServiceMs, maxBytesPerFrame, maxServiceMs];
  return [...scarce, ...held, ...values, 'up to', wanted ? endsOf(wanted) : ''].join(' ');
}

/** By identity: what is wanted of a camera stays the same object for long. */
const knownEnds = new WeakMap<Rung, string>();

function endsOf(wanted: Rung): string {
  return knownEnds.getOrInsertComputed(wanted, () => orderedFields.map((field) => wanted[field]).join(' '));
}

/** Restrictions that leave nothing are dropped, the one on bytes first: a camera always has a floor. */
function climb(entry: Entry, request: LadderRequest): Setting[] {
  const { all, settings: worthTaking, promises } = entry;
  const { wanted } = request;
  const useful = wanted
    ? entry.within.getOrInsertComputed(endsOf(wanted), () => withinWanted(all, wanted))
    : worthTaking;
  const obeyed = heldAt(useful, request, all);
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
const orderedFields = ['framesPerSecond', 'width', 'quality', 'motionSensitivity'] as const;

/**
 * Each lever up to what is wanted, which is its last step, also where that is beyond all others: whatever was taken can
 * be given back. A lever that has no steps, because it is not declared, stays at what is wanted. Less or more than all
 * that a camera can take has its own Pareto set.
 */
function withinWanted(all: readonly Setting[], wanted: Rung): Setting[] {
  const levers = orderedFields.reduce<readonly Levers[]>((some, field) => {
    const steps = all.map((setting) => setting[field] ?? wanted[field]);
    const [lowest, highest] = [Math.min(...steps), Math.max(...steps)];
    return some.flatMap((one) => {
      const value = one[field] ?? wanted[field];
      const most = { ...one, [field]: wanted[field] };
      if (lowest === highest || value > wanted[field]) return [most];
      return value === highest && value < wanted[field] ? [one, most] : [one];
    });
  }, all);
  return paretoFront(levers.map((each) => settingAt(all, each)));
}

/** Those with the held levers where they are now; a lever that stands between two steps is there in each. */
function heldAt(
  settings: readonly Setting[],
  { held, now }: LadderRequest,
  all: readonly Setting[],
): readonly Setting[] {
  const isHeld = (setting: Setting): boolean =>
    held.every((lever) => valueOf(setting, lever) === valueOf(now, lever));
  const obeyed = settings.filter(isHeld);
  if (obeyed.length > 0) return obeyed;
  const there = Object.fromEntries(
    held.flatMap((lever) => (fields[lever] ? [[fields[lever], now[fields[lever]]]] : [])),
  );
  return paretoFront(settings.map((setting) => settingAt(all, { ...setting, ...there })));
}

function ifAny<T>(items: readonly T[], accept: (item: T) => boolean): readonly T[] {
  const accepted = items.filter(accept);
  return accepted.length > 0 ? accepted : items;
}

function valueOf(setting: Levers, lever: LeverName): number | string | undefined {
  const field = fields[lever];
  return field && setting[field];
}
