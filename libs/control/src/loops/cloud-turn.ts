import type { Action } from '../action.ts';
import type { Catalogue } from '../profile/catalogue.ts';
import type { ControllerState } from '../controller-state.ts';
import type { Declaration } from '../declaration/declaration.ts';
import type { Finding } from './move-decisions.ts';
import type { Observation } from '../observation/observation.ts';
import { servicePerSecond } from '../profile/pareto-front.ts';
import { latencyText } from './reason.ts';
import type { ScalingOwner } from './replica-loop.ts';
import { replicaLoop } from './replica-loop.ts';
import type { Resources } from '../allocation/resources.ts';
import type { PoolChange } from './service-loop.ts';
import { serviceLoop } from './service-loop.ts';
import { leverOf, numericSteps } from '../profile/settings.ts';
import type { SiteHealth } from '../learning/site-health.ts';
import { isLate } from '../learning/site-health.ts';

export interface CloudContext {
  readonly declaration: Declaration;
  readonly catalogue: Catalogue;
  readonly observation: Observation;
  readonly resources: Resources;
  readonly health: ReadonlyMap<string, SiteHealth>;
  readonly objectiveMs: number;
  readonly serviceDue: boolean;
  readonly owner: ScalingOwner;
}

export interface CloudTurn {
  readonly state: ControllerState;
  readonly actions: readonly Action[];
  readonly findings: readonly Finding[];
}

/** The two slow loops: batch and workers each 10 s, replicas when the need lasts. */
export function cloudTurn(state: ControllerState, context: CloudContext): CloudTurn {
  const wanted = wantedServiceMs(state, context);
  const served = context.serviceDue
    ? serviceTurn(state, context, wanted)
    : { state, actions: [], findings: [] };
  const scaled = replicaTurn(served.state, context, wanted);
  return {
    state: scaled.state,
    actions: [...served.actions, ...scaled.actions],
    findings: [...served.findings, ...scaled.findings],
  };
}

/** What all cameras would ask of each model's workers at the best settings, ms of work a second. */
function wantedServiceMs(
  state: ControllerState,
  { catalogue, resources }: CloudContext,
): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const cameraId of Object.keys(state.cameras)) {
    const top = catalogue.top(cameraId);
    const ms = servicePerSecond(top) * resources.serviceFactor(top.model);
    wanted.set(top.model, (wanted.get(top.model) ?? 0) + ms);
  }
  return wanted;
}

function serviceTurn(
  state: ControllerState,
  context: CloudContext,
  wanted: ReadonlyMap<string, number>,
): CloudTurn {
  const { changes, ...service } = serviceLoop(state.compute, context.declaration, {
    atUs: context.observation.atUs,
    objectiveMs: context.objectiveMs,
    wantedServiceMs: wanted,
    wantedBefore: state.service.wanted ?? {},
    isLate: [...context.health.values()].some(
      (health) => isLate(health) && health.waitMs + health.inferenceMs > health.wayMs,
    ),
  });
  return {
    state: { ...state, service: { ...state.service, ...service } },
    actions: changes.map(({ action }) => action),
    findings: changes.map((change) => serviceFinding(change, context)),
  };
}

function serviceFinding({ lever, model, from, to, text }: PoolChange, context: CloudContext): Finding {
  const hasRoom = lever === 'inference-workers' && to < from;
  const what = lever === 'batch' ? 'batch goes' : 'workers go';
  return {
    ...cloudFinding(context),
    loop: 'service',
    cause: hasRoom ? 'recovered' : 'inference-compute',
    lever,
    subjects: [model],
    from: String(from),
    to: String(to),
    reason: `${worstText(context)}: ${model} ${hasRoom ? 'has room' : 'is the bottleneck'}, ${text}, so its ${what} from ${from} to ${to}`,
  };
}

function replicaTurn(
  state: ControllerState,
  context: CloudContext,
  wanted: ReadonlyMap<string, number>,
): CloudTurn {
  const lever = leverOf(context.declaration, 'replicas');
  const steps = numericSteps(lever);
  if (!lever || !steps) return { state, actions: [], findings: [] };
  const { inference, atUs } = context.observation;
  const replicas = new Set(
    inference.filter((one) => !(one.telemetryAgeMs > 3000)).map(({ instance }) => instance),
  ).size;
  const all = [...wanted.values()].reduce((sum, ms) => sum + ms, 0);
  const capacity = Math.max(0, ...Object.values(state.compute).map(({ workers }) => workers)) * 1000;
  const least = steps[0] ?? 1;
  const turn = replicaLoop(
    state.replicas,
    {
      atUs,
      replicas,
      wantedLoad: all / capacity,
      saturation: saturationOf(context.observation),
      least,
      most: steps.at(-1) ?? 1,
      settleSeconds: lever.settleSeconds,
    },
    context.owner,
  );
  const next = { ...state, replicas: turn.state };
  if (turn.replicas === null || turn.replicas === replicas) return { state: next, actions: [], findings: [] };
  const asked = `the best settings would ask for ${Math.round((100 * all) / capacity)} % of what ${replicas} can do`;
  const why = replicas < least ? `${asked}, and at least ${least} are to run` : asked;
  const finding: Finding = {
    ...cloudFinding(context),
    loop: 'capacity',
    cause: turn.replicas > replicas ? 'inference-compute' : 'recovered',
    lever: 'replicas',
    subjects: ['inference'],
    from: String(replicas),
    to: String(turn.replicas),
    reason: `${worstText(context)}: ${why}, so the replicas go from ${replicas} to ${turn.replicas}`,
  };
  return { state: next, actions: [{ kind: 'set-replicas', replicas: turn.replicas }], findings: [finding] };
}

function saturationOf({ inference }: Observation): number {
  let [received, lost] = [0, 0];
  for (const one of inference) {
    if (one.received > 0) received += one.received;
    if (one.superseded > 0) lost += one.superseded;
    if (one.expired > 0) lost += one.expired;
  }
  return received > 0 ? lost / received : 0;
}

function worst({ health }: CloudContext): SiteHealth | undefined {
  return [...health.values()].toSorted((a, b) => (b.p95OfObjective || 0) - (a.p95OfObjective || 0))[0];
}

function worstText(context: CloudContext): string {
  const one = worst(context);
  return one ? latencyText(one.p95OfObjective * one.objectiveMs, one.objectiveMs) : 'no results';
}

function cloudFinding(context: CloudContext) {
  const one = worst(context);
  return {
    slo: 'latency',
    sli: 'latency',
    value: one ? one.p95OfObjective * one.objectiveMs : Number.NaN,
    objective: one?.objectiveMs ?? Number.NaN,
    cause: 'inference-compute',
    at: '',
  } as const;
}
