import type { Rung } from '../action.ts';
import type { AllocationMode, Budget, Claim } from '../allocation/allocate-budget.ts';
import { allocateBudget } from '../allocation/allocate-budget.ts';
import type { BudgetUse } from '../allocation/budget-use.ts';
import { createBudgetUse } from '../allocation/budget-use.ts';
import type { Catalogue } from '../profile/catalogue.ts';
import type { ClaimOptions } from '../allocation/claims.ts';
import { claimsOf } from '../allocation/claims.ts';
import type { CameraState, ControllerState } from '../controller-state.ts';
import { isCalmFor } from '../learning/feedback.ts';
import { bytesPerSecond, servicePerSecond } from '../profile/pareto-front.ts';
import { isSameSetting } from '../profile/setting-at.ts';
import type { Setting } from '../profile/settings.ts';
import { nextStepUp } from './next-step-up.ts';
import type { Resources } from '../allocation/resources.ts';
import { rungOf } from '../profile/settings.ts';
import { maySwitchUp, waysDown } from './switching.ts';

/** One camera's change of setting, and why. */
export interface Move {
  readonly cameraId: string;
  readonly site: string;
  readonly from: Rung;
  readonly to: Rung;
  readonly kind: 'down' | 'up' | 'safe' | 'balance';
  /** What was scarce, or is there again. */
  readonly resource: 'uplink' | 'compute';
}

export interface MoveOptions extends ClaimOptions {
  readonly mode: AllocationMode;
  readonly atUs: number;
}

const leastGain = 0.01;
/** How long all must be calm before a camera goes up, and how long after the site's last change. */
const calmBeforeUpSeconds = 1;
const balanceEverySeconds = 20;
/** After a change nothing more is taken for so long; an echo that stands in the queue must not hold up a deeper cut. */
const deadTimeSeconds = 2;

interface Candidate {
  readonly claim: Claim;
  readonly camera: CameraState;
  readonly now: Setting;
  readonly target: Setting;
}

/**
 * The fast loop's choice: what is overloaded goes down at once, as far as is needed; when all was calm for a while,
 * what fits goes up; and now and then what was cut unevenly is evened out.
 */
export function planMoves(
  state: ControllerState,
  catalogue: Catalogue,
  resources: Resources,
  options: MoveOptions,
): Move[] {
  const claims = claimsOf(state, catalogue, resources, options);
  const { targets, budget } = plan(claims, resources, options.mode);
  const candidates = claims.flatMap((claim, index): Candidate[] => {
    const camera = state.cameras[claim.cameraId];
    const target = targets[index];
    if (!camera || !target) return [];
    return [{ claim, camera, target, now: catalogue.settingAt(claim.cameraId, camera.rung) }];
  });
  const use = createBudgetUse(resources, budget);
  const down = candidates.flatMap((candidate) => downMove(candidate, use, options.atUs));
  const moved = new Set(down.map(({ cameraId }) => cameraId));
  const rest = candidates.filter(({ claim, camera }) => !moved.has(claim.cameraId) && !camera.awaiting);
  const calm = rest.filter(
    ({ claim, camera }) =>
      isCalmHere(state, claim.site, options.atUs) && !camera.isSilent && use.over(claim.site) === undefined,
  );
  const balanced = balanceMoves(state, calm, use, options);
  if (balanced.length > 0) return [...down, ...balanced];
  const stepOf = ({ claim, now, target }: Candidate): Setting | undefined =>
    nextStepUp(catalogue.settings(claim.cameraId), now, target);
  return [...down, ...upMoves(calm, use, stepOf, options)];
}

interface Plan {
  readonly targets: readonly (Setting | undefined)[];
  /** What the targets have to share. */
  readonly budget: Budget;
}

/** Shared out once more where what was chosen, a slower model, leaves less to share. */
function plan(claims: readonly Claim[], { budget, budgetFor }: Resources, mode: AllocationMode): Plan {
  const planFor = (of: Budget): Plan => {
    const rungs = allocateBudget(claims, of, mode);
    return { targets: claims.map(({ ladder }, index) => ladder[rungs[index] ?? 0]), budget: of };
  };
  const first = planFor(budget);
  const then = budgetFor(first.targets.filter((target) => target !== undefined));
  return then.serviceMsPerSecond < budget.serviceMsPerSecond ? planFor(then) : first;
}

function isCalmHere(state: ControllerState, site: string, atUs: number): boolean {
  const here = state.sites[site];
  return (
    here !== undefined &&
    isCalmFor(here.feedback, calmBeforeUpSeconds, atUs) &&
    isCalmFor(state.cloud.feedback, calmBeforeUpSeconds, atUs)
  );
}

function downMove({ claim, camera, now, target }: Candidate, use: BudgetUse, atUs: number): Move[] {
  const { cameraId, site, ladder } = claim;
  const floor = ladder[0] ?? target;
  const over = use.over(site);
  const isSafeAlready = (camera.awaiting?.sinceUs ?? -1) >= (camera.silentSinceUs ?? Infinity);
  const isUnsafe = camera.isSilent && !isSafeAlready && isCheaper(floor, now);
  if (isInDeadTime(camera, atUs) && !isUnsafe) return [];
  if (!isUnsafe && (over === undefined || !relieves(over, now, target))) return [];
  const way = waysDown(camera.switchesUs, atUs);
  if (way === 'none') return [];
  const to = isUnsafe || way === 'floor' ? floor : target;
  if (isSameSetting(to, now)) return [];
  use.move(claim, now, to);
  const kind = isUnsafe ? 'safe' : 'down';
  return [
    {
      cameraId,
      site,
      from: camera.rung,
      to: rungOf(to, camera.rung.motionSensitivity),
      kind,
      resource: over ?? 'uplink',
    },
  ];
}

function isInDeadTime({ awaiting }: CameraState, atUs: number): boolean {
  return awaiting !== null && atUs - awaiting.sinceUs < deadTimeSeconds * 1e6;
}

/** Who has least goes first, so that whoever was cut most comes back first. */
function upMoves(
  candidates: readonly Candidate[],
  use: BudgetUse,
  stepOf: (candidate: Candidate) => Setting | undefined,
  { atUs }: MoveOptions,
): Move[] {
  return candidates
    .filter(
      ({ camera, now, target }) =>
        target.utility > now.utility + leastGain &&
        maySwitchUp(camera.switchesUs, atUs, target.utility - now.utility),
    )
    .toSorted((a, b) => a.claim.priority - b.claim.priority || a.now.utility - b.now.utility)
    .flatMap((candidate): Move[] => {
      const { claim, camera, now } = candidate;
      const target = stepOf(candidate);
      if (!target || !use.fits(claim, now, target)) return [];
      use.move(claim, now, target);
      const resource = moreOf(now, target) ?? use.scarcer(claim.site);
      return [moveOf({ ...candidate, target }, 'up', resource, camera)];
    });
}

/** What the way up takes more of; undefined where it is both. */
function moreOf(from: Setting, to: Setting): Move['resource'] | undefined {
  const moreBytes = bytesPerSecond(to) > bytesPerSecond(from);
  if (moreBytes && servicePerSecond(to) > servicePerSecond(from)) return undefined;
  return moreBytes ? 'uplink' : 'compute';
}

/** Cameras that stand where yesterday's needs put them, while their neighbours would get more today. */
function balanceMoves(
  state: ControllerState,
  candidates: readonly Candidate[],
  use: BudgetUse,
  { atUs }: MoveOptions,
): Move[] {
  return [...Map.groupBy(candidates, ({ claim }) => claim.site)].flatMap(([site, own]) => {
    const last = state.sites[site]?.rebalancedAtUs ?? atUs;
    if (atUs - last < balanceEverySeconds * 1e6) return [];
    const changed = own.filter(({ now, target }) => !isSameSetting(now, target));
    const gain = changed.reduce(
      (sum, { now, target, claim }) => sum + claim.weight * (target.utility - now.utility),
      0,
    );
    const mayAll = changed.every(({ camera }) => maySwitchUp(camera.switchesUs, atUs, 0));
    const hasLoser = changed.some(({ now, target }) => target.utility < now.utility);
    if (!mayAll || !hasLoser || gain < leastGain * own.length) return [];
    for (const { claim, now, target } of changed) use.move(claim, now, target);
    return changed.map((candidate) => moveOf(candidate, 'balance', 'uplink', candidate.camera));
  });
}

function moveOf(
  { claim, target }: Candidate,
  kind: Move['kind'],
  resource: Move['resource'],
  camera: CameraState,
): Move {
  const { cameraId, site } = claim;
  return {
    cameraId,
    site,
    from: camera.rung,
    to: rungOf(target, camera.rung.motionSensitivity),
    kind,
    resource,
  };
}

function isCheaper(a: Setting, b: Setting): boolean {
  return bytesPerSecond(a) < bytesPerSecond(b) || servicePerSecond(a) < servicePerSecond(b);
}

function relieves(resource: Move['resource'], from: Setting, to: Setting): boolean {
  if (resource === 'uplink') return bytesPerSecond(to) < bytesPerSecond(from);
  return to.model !== from.model || servicePerSecond(to) < servicePerSecond(from);
}
