import type { FollowedCapacity } from '@framegate/camera-directory';
import type { CameraConfig, CameraIntent, DecisionRecord } from '@framegate/contracts';
import type {
  Action,
  CameraLever,
  ControllerState,
  Observation,
  ObservationWindow,
  Rung,
  Slo,
} from '@framegate/control';
import {
  createNewcomers,
  declaredLevers,
  effectiveSettings,
  matchesPattern,
  withAppliedRungs,
  withoutWaiting,
} from '@framegate/control';
import type { StateStore } from '@framegate/state-store';
import { createDecisionLog } from './decision-log.ts';
import { recordOf } from './decision-record.ts';
import { giveCapacity } from './give-capacity.ts';
import { giveReplicas } from './give-replicas.ts';
import type { Mode, OperatorAct, OperatorState } from './operator.ts';
import { actOf, noOperator, operatorDecision, pinsFor, refusalOf } from './operator.ts';
import type { SavedState } from './saved-state.ts';
import { restore, save } from './saved-state.ts';
import type { SteeringDeps } from './steering.ts';
import { createSteering } from './steering.ts';
import type { TellCamerasDeps } from './tell-cameras.ts';
import { tellCameras } from './tell-cameras.ts';

export interface ControlLoopDeps extends TellCamerasDeps, Omit<SteeringDeps, 'intents'> {
  readonly capacity: FollowedCapacity;
  readonly window: ObservationWindow;
  readonly store: StateStore;
  readonly nowUs: () => number;
  /** In which the loops begin, unless an operator has chosen another. */
  readonly mode: Mode;
}

/** One term of leading: sees, decides, and tells. Its methods are called one after the other. */
export interface ControlLoop {
  /** One second of the loops. */
  step(): Promise<void>;
  /** Tells the cameras what they shall do, where they were told something else. */
  plan(): Promise<void>;
  act(act: OperatorAct): Promise<ActOutcome>;
  snapshot(): ControlSnapshot;
}

/** The record of what a person did, or why it would do nothing. */
export type ActOutcome = DecisionRecord | { readonly refused: string };

/** What the term knows, for whoever asks. */
export interface ControlSnapshot {
  readonly token: number;
  readonly operator: OperatorState;
  readonly observation: Observation | undefined;
  /** What is promised. */
  readonly slos: readonly Slo[];
  readonly settings: ReadonlyMap<string, CameraConfig>;
  /** Names of the cameras' profiles; `built-in` where none was measured. */
  readonly profiles: ReadonlyMap<string, string>;
  /** Newest first. */
  readonly decisions: readonly DecisionRecord[];
}

/** A state is also stored this often without a decision, µs. */
const saveEveryUs = 10e6;

/** Begins a term with what the last one left. */
export async function beginControl(token: number, deps: ControlLoopDeps): Promise<ControlLoop> {
  const saved = await restore(deps.store, deps.logger);
  return createTerm(token, saved, deps);
}

function createTerm(token: number, saved: SavedState | undefined, deps: ControlLoopDeps): ControlLoop {
  const { directory, window, nowUs } = deps;
  const rungNow = (cameraId: string): Rung | undefined => directory.configs.get(cameraId);
  let operator = saved?.operator ?? noOperator(deps.mode);
  let state: ControllerState | undefined = saved?.controller && withAppliedRungs(saved.controller, rungNow);
  let observation: Observation | undefined;
  let savedAtUs = nowUs();
  const newcomers = createNewcomers();
  const log = createDecisionLog(deps);
  const pinned = (cameraId: string): CameraLever[] => pinsFor(operator, cameraId).map(({ lever }) => lever);
  const wanted = (cameraId: string): Rung | undefined => directory.intents.get(cameraId)?.wanted;
  const options = { token, initialRung: rungNow, scalingOwner: deps.scaling.owner, pinned, wanted };
  const steering = createSteering({ ...deps, intents: directory.intents }, options);

  const publish = (reasons: ReadonlyMap<string, string>): Promise<void> => {
    const { declaration, promisedMs } = steering.setUp();
    const levers = declaredLevers(declaration);
    const settingsOf = (intent: CameraIntent): CameraIntent['wanted'] => {
      const { cameraId } = intent;
      const chosen = state?.cameras[cameraId]?.rung ?? rungNow(cameraId);
      return effectiveSettings(intent.wanted, chosen, pinsFor(operator, cameraId), levers);
    };
    const promisedMsOf = (cameraId: string): number | undefined => promisedMs.get(cameraId);
    return tellCameras(token, { settingsOf, promisedMsOf, reasons }, deps);
  };
  const store = async (): Promise<void> => {
    savedAtUs = nowUs();
    const isLeading = await save(deps.store, { controller: state, operator }, token);
    if (!isLeading)
      deps.logger.warn({ token }, 'a newer controller has stored its state; this one is not heard');
  };
  const observe = (): Observation => {
    const seen = window.observe(nowUs(), directory.configs);
    // A camera that nobody wants anything of can't be told anything.
    const cameras = seen.cameras.filter(({ cameraId }) => directory.intents.has(cameraId));
    return { ...seen, cameras };
  };

  const show = (seen: Observation): void => {
    deps.metrics.saw(seen);
    deps.metrics.settings(directory.configs, deps.capacity.config?.models ?? {});
    deps.metrics.promises(steering.setUp().declaration.slos, undefined);
  };

  return {
    async step() {
      observation = observe();
      show(observation);
      if (operator.mode === 'pause') return;
      const policy = steering.policy();
      const before = state ?? policy.init();
      const next = policy.step(before, newcomers.without(observation));
      deps.metrics.promises(steering.setUp().declaration.slos, next.status);
      const applies = operator.mode === 'act';
      state = applies ? next.state : withAppliedRungs(next.state, rungNow, before);
      const records = next.decisions.map((one) => recordOf(one, applies ? 'applied' : 'advised'));
      if (applies) {
        await giveCapacity(next.actions, observation, token, deps);
        giveReplicas(next.actions, deps.scaling, deps.logger);
      }
      deps.metrics.replicas(next.state.replicas.wanted, observation);
      const moved = applies ? movedOf(next.actions) : [];
      const told = moved.map((id) => directory.configs.get(id));
      await publish(reasonsOf(records));
      // Of whom less is wanted by now than was chosen, a step down may tell nothing new.
      state = withoutWaiting(
        state,
        moved.filter((id, index) => told[index] === directory.configs.get(id)),
      );
      await log.tell(records);
      if (records.length > 0 || nowUs() - savedAtUs > saveEveryUs) await store();
    },
    plan: () => publish(new Map()),
    async act(act) {
      const refused = refusalOf(operator, act, [...directory.intents.keys()]);
      if (refused !== undefined) return { refused };
      const before = operator;
      operator = actOf(operator, act);
      if (before.mode !== 'act' && state) state = withAppliedRungs(state, rungNow);
      const number = (state?.decisions ?? 0) + 1;
      if (state) state = { ...state, decisions: number };
      const record = operatorDecision(act, before, { id: `${token}/${number}`, atUs: nowUs() });
      await log.tell([record]);
      await publish(new Map([...directory.intents.keys()].map((cameraId) => [cameraId, record.reason])));
      if (state && act.kind === 'pin')
        state = withoutWaiting(
          state,
          Object.keys(state.cameras).filter((id) => matchesPattern(act.cameras, id)),
          rungNow,
        );
      await store();
      return record;
    },
    snapshot: () => {
      const { declaration, profiles } = steering.setUp();
      const named = [...profiles].map(([cameraId, { name }]) => [cameraId, name] as const);
      return {
        token,
        operator,
        observation,
        slos: declaration.slos,
        settings: directory.configs,
        profiles: new Map(named),
        decisions: log.last(),
      };
    },
  };
}

function movedOf(actions: readonly Action[]): string[] {
  return actions.flatMap((action) => (action.kind === 'configure-camera' ? [action.cameraId] : []));
}

/** Why each camera is changed. */
function reasonsOf(records: readonly DecisionRecord[]): Map<string, string> {
  return new Map(
    records.flatMap(({ subjects, reason }) => subjects.map((subject) => [subject, reason] as const)),
  );
}
