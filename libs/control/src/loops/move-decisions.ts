import type { Decision, SubjectChange } from '../action.ts';
import type { ControllerState } from '../controller-state.ts';
import type { Move } from './moves.ts';
import type { Change } from './reason.ts';
import { moveReason, rateText } from './reason.ts';
import type { Resources } from '../allocation/resources.ts';
import { changedLevers, settingText } from '../profile/setting-text.ts';
import type { SiteHealth } from '../learning/site-health.ts';
import type { Cause, Status } from '../status/status.ts';

/** Everything about a decision but its number. */
export type Finding = Omit<Decision, 'id' | 'atUs'>;

export interface MoveContext {
  readonly state: ControllerState;
  readonly status: Status;
  readonly health: ReadonlyMap<string, SiteHealth>;
  readonly resources: Resources;
  readonly slo: (cameraId: string) => string;
}

/** All cameras of a site that change for the same reason are one decision, also where they change differently. */
export function moveFindings(
  moves: readonly Move[],
  loop: Decision['loop'],
  context: MoveContext,
): Finding[] {
  const together = Map.groupBy(moves, ({ site, kind, resource }) => `${site} ${kind} ${resource}`);
  return [...together.values()].flatMap((group): Finding[] => {
    const [move] = group;
    const changes = changesOf(group);
    const [first] = changes;
    if (!move || !first) return [];
    const health = context.health.get(move.site);
    const objectiveMs = health?.objectiveMs ?? Number.NaN;
    const p95Ms = (health?.p95OfObjective ?? Number.NaN) * objectiveMs;
    const { cause, text } = causeOf(move, context);
    return [
      {
        loop,
        slo: context.slo(move.cameraId),
        sli: 'latency',
        value: p95Ms,
        objective: objectiveMs,
        cause,
        at: cause === 'inference-compute' ? '' : move.site,
        lever: changedLevers(first.from, first.to)[0] ?? 'frame-rate',
        subjects: changes.flatMap(({ cameraIds }) => cameraIds),
        from: settingText(first.from),
        to: settingText(first.to),
        ...(changes.length > 1 && { changes: changes.map(toldChange) }),
        reason: moveReason({ p95Ms, objectiveMs, at: move.site, cause: text }, changes),
      },
    ];
  });
}

/** Cameras that change alike together, most cameras first. */
function changesOf(moves: readonly Move[]): Change[] {
  const alike = Map.groupBy(moves, ({ from, to }) => `${settingText(from)} ${settingText(to)}`);
  return [...alike.values()]
    .flatMap((group) =>
      group
        .slice(0, 1)
        .map(({ from, to }) => ({ from, to, cameraIds: group.map(({ cameraId }) => cameraId) })),
    )
    .toSorted((a, b) => b.cameraIds.length - a.cameraIds.length);
}

function toldChange({ cameraIds, from, to }: Change): SubjectChange {
  return { subjects: cameraIds, from: settingText(from), to: settingText(to) };
}

function causeOf(
  move: Move,
  { state, status, resources }: MoveContext,
): { readonly cause: Cause | 'recovered' | 'silence'; readonly text: string } {
  if (move.kind === 'safe') return { cause: 'silence', text: 'nothing was heard of it for over 3 s' };
  const uplink = state.sites[move.site]?.uplink;
  const budget = resources.budget.bytesPerSecond.get(move.site);
  const service = resources.budget.serviceMsPerSecond;
  if (move.kind === 'balance') return { cause: 'recovered', text: 'what there is can be shared out better' };
  if (move.kind === 'up') {
    const room =
      move.resource === 'uplink'
        ? `the uplink has room${budget === undefined ? '' : ` (up to ${rateText(budget)})`}`
        : 'the workers have room';
    return { cause: 'recovered', text: room };
  }
  const blamed = status.blames.find(({ at }) => at === move.site || at === '');
  if (move.resource === 'compute') {
    const used = `asked for ${Math.round(resources.usedServiceMs)} ms of work a second, ${Math.round(service)} ms can be done in time`;
    return {
      cause: isOfCloud(blamed?.cause) ? blamed.cause : 'inference-compute',
      text: `the workers are too slow (${used})`,
    };
  }
  const waits = uplink && uplink.queueMs >= 1 ? `, frames wait ${Math.round(uplink.queueMs)} ms` : '';
  const text = `the uplink is narrow (${rateText(budget ?? Number.NaN)} to share${waits})`;
  return { cause: isOfWay(blamed?.cause) ? blamed.cause : 'uplink', text };
}

function isOfCloud(cause: Cause | undefined): cause is Cause {
  return cause === 'inference-compute' || cause === 'mailbox';
}

function isOfWay(cause: Cause | undefined): cause is Cause {
  return cause === 'uplink' || cause === 'broker';
}
