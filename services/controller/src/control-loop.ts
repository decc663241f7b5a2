import type { FollowedCapacity, FollowedDirectory } from '@framegate/camera-directory';
import type { CameraConfig, CameraIntent, DecisionRecord } from '@framegate/contracts';
import { cameraConfigEvent, decisionEvent, topicNames } from '@framegate/contracts';
import type { ControllerState, Declaration, Observation, Policy, Rung } from '@framegate/control';
import {
  createController,
  createNewcomers,
  declaredLevers,
  effectiveSettings,
  planConfiguration,
  withAppliedRungs,
} from '@framegate/control';
import type { ObservationWindow } from '@framegate/control';
import type { Producer } from '@framegate/message-bus';
import type { Logger } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import { giveCapacity } from './give-capacity.ts';
import type { createControllerMetrics } from './metrics.ts';
import type { Mode, OperatorAct, OperatorState } from './operator.ts';
import { actOf, noOperator, operatorDecision, pinsFor } from './operator.ts';
import { recordOf } from './decision-record.ts';
import type { ProfileRule } from './profile-files.ts';
import { createProfileLog } from './profile-log.ts';
import { restore, save } from './saved-state.ts';
import type { SetUp } from './set-up.ts';
import { createSetUp } from './set-up.ts';

export interface ControlLoopDeps {
  readonly directory: FollowedDirectory;
  readonly capacity: FollowedCapacity;
  readonly window: ObservationWindow;
  readonly producer: Producer;
  readonly store: StateStore;
  readonly nowUs: () => number;
  readonly logger: Logger;
  readonly metrics: ReturnType<typeof createControllerMetrics>;
  readonly partitions: number;
  /** What the operator declared; undefined: what the cameras' intents say. */
  readonly declaration: () => Declaration | undefined;
  /** In which the loops begin, unless an operator has chosen another. */
  readonly mode: Mode;
  /** Cores that the inference may use, where nothing is declared. */
  readonly cores: number;
  /** Profiles that were measured; cameras that none fits have the built-in one. */
  readonly profiles?: readonly ProfileRule[] | undefined;
}

/** One term of leading: sees, decides, and tells. Its methods are called one after the other. */
export interface ControlLoop {
  /** One second of the loops. */
  step(): Promise<void>;
  /** Tells the cameras what they shall do, where they were told something else. */
  plan(): Promise<void>;
  act(act: OperatorAct): Promise<DecisionRecord>;
  snapshot(): ControlSnapshot;
}

/** What the term knows, for whoever asks. */
export interface ControlSnapshot {
  readonly token: number;
  readonly operator: OperatorState;
  readonly observation: Observation | undefined;
  readonly settings: ReadonlyMap<string, CameraConfig>;
  /** Names of the cameras' profiles; `built-in` where none was measured. */
  readonly profiles: ReadonlyMap<string, string>;
  /** Newest first. */
  readonly decisions: readonly DecisionRecord[];
}

const keptDecisions = 200;
/** A state is also stored this often without a decision, µs. */
const saveEveryUs = 10e6;

/** Begins a term with what the last one left. */
export async function beginControl(token: number, deps: ControlLoopDeps): Promise<ControlLoop> {
  const { directory, window, producer, nowUs, logger, metrics } = deps;
  const rungNow = (cameraId: string): Rung | undefined => directory.configs.get(cameraId);
  const saved = await restore(deps.store, logger);
  let operator = saved?.operator ?? noOperator(deps.mode);
  let state: ControllerState | undefined = saved?.controller;
  let observation: Observation | undefined;
  let decisions: readonly DecisionRecord[] = [];
  let savedAtUs = nowUs();
  if (state) state = withAppliedRungs(state, rungNow);

  const newcomers = createNewcomers();
  const setUp = createSetUp(deps.cores, deps.profiles ?? []);
  const tellProfiles = createProfileLog(logger);
  const setUpNow = (): SetUp => setUp(directory.intents, deps.declaration());
  // Nobody takes a request for replicas here: where they scale, the orchestrator's own scaler owns that.
  const options = { token, initialRung: rungNow, scalingOwner: 'none' as const };
  let steering: { readonly by: SetUp; readonly policy: Policy<ControllerState> } | undefined;
  const controller = (): Policy<ControllerState> => {
    const by = setUpNow();
    if (steering?.by !== by) {
      steering = { by, policy: createController(by.declaration, by.profiles, options) };
      tellProfiles(by.chosen);
    }
    return steering.policy;
  };

  const tell = async (records: readonly DecisionRecord[]): Promise<void> => {
    decisions = [...records.toReversed(), ...decisions].slice(0, keptDecisions);
    for (const record of records) {
      await producer.send(topicNames.decisions, decisionEvent.encode(record));
      metrics.decided(record);
      logger.info({ ...record }, record.reason);
    }
  };
  const publish = async (reasons: ReadonlyMap<string, string>): Promise<void> => {
    const levers = declaredLevers(setUpNow().declaration);
    const settingsOf = ({ cameraId, wanted }: CameraIntent): CameraIntent['wanted'] => {
      const chosen = state?.cameras[cameraId]?.rung ?? rungNow(cameraId);
      return effectiveSettings(wanted, chosen, pinsFor(operator, cameraId), levers);
    };
    const reasonOf = (cameraId: string): string | undefined => reasons.get(cameraId);
    const asked = { token, partitions: deps.partitions, settingsOf, reasonOf };
    const planned = planConfiguration(directory.intents, directory.configs, asked);
    if (planned.length === 0) return;
    for (const config of planned) {
      await producer.send(topicNames.cameraConfig, cameraConfigEvent.encode(config));
      metrics.published();
      const { cameraId, version, partition, reason } = config;
      logger.info({ cameraId, version, partition }, `configuration published: ${reason}`);
    }
    // The next plan is made from what stands in the topic.
    await directory.caughtUp();
  };
  const store = async (): Promise<void> => {
    savedAtUs = nowUs();
    const isLeading = await save(deps.store, { controller: state, operator }, token);
    if (!isLeading) logger.warn({ token }, 'a newer controller has stored its state; this one is not heard');
  };

  return {
    async step() {
      const seen = window.observe(nowUs(), directory.configs);
      // A camera that nobody wants anything of can't be told anything.
      const cameras = seen.cameras.filter(({ cameraId }) => directory.intents.has(cameraId));
      observation = { ...seen, cameras };
      metrics.saw(observation);
      metrics.settings(directory.configs, deps.capacity.config?.models ?? {});
      metrics.promises(setUpNow().declaration.slos, undefined);
      if (operator.mode === 'pause') return;
      const policy = controller();
      const before = state ?? policy.init();
      const next = policy.step(before, newcomers.without(observation));
      metrics.promises(setUpNow().declaration.slos, next.status);
      const applies = operator.mode === 'act';
      state = applies ? next.state : withAppliedRungs(next.state, rungNow, before);
      const records = next.decisions.map((one) => recordOf(one, applies ? 'applied' : 'advised'));
      const reasons = new Map(
        records.flatMap(({ subjects, reason }) => subjects.map((subject) => [subject, reason] as const)),
      );
      if (applies) await giveCapacity(next.actions, observation, token, deps);
      await publish(reasons);
      await tell(records);
      if (records.length > 0 || nowUs() - savedAtUs > saveEveryUs) await store();
    },
    plan: () => publish(new Map()),
    async act(act) {
      const before = operator;
      operator = actOf(operator, act);
      if (before.mode !== 'act' && state) state = withAppliedRungs(state, rungNow);
      const number = (state?.decisions ?? 0) + 1;
      if (state) state = { ...state, decisions: number };
      const record = operatorDecision(act, before, { id: `${token}/${number}`, atUs: nowUs() });
      await tell([record]);
      await publish(new Map([...directory.intents.keys()].map((cameraId) => [cameraId, record.reason])));
      await store();
      return record;
    },
    snapshot: () => {
      const profiles = new Map([...setUpNow().profiles].map(([cameraId, { name }]) => [cameraId, name]));
      return { token, operator, observation, settings: directory.configs, profiles, decisions };
    },
  };
}
