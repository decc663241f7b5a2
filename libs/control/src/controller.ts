import type { Action, Decision, Rung } from './action.ts';
import type { AllocationMode } from './allocation/allocate-budget.ts';
import { builtInProfile } from './profile/built-in-profile.ts';
import { createCatalogue } from './profile/catalogue.ts';
import type { Catalogue } from './profile/catalogue.ts';
import { cloudTurn } from './loops/cloud-turn.ts';
import type { ControllerState } from './controller-state.ts';
import type { Declaration } from './declaration/declaration.ts';
import type { Held } from './loops/hold-levers.ts';
import { holdLevers } from './loops/hold-levers.ts';
import { learn, unknownController } from './learning/learn.ts';
import { moveFindings } from './loops/move-decisions.ts';
import type { Move } from './loops/moves.ts';
import { planMoves } from './loops/moves.ts';
import { obey } from './loops/obey.ts';
import type { Observation } from './observation/observation.ts';
import type { Policy, PolicyStep } from './policy.ts';
import type { Profile } from './profile/profile.ts';
import type { ScalingOwner } from './loops/replica-loop.ts';
import type { Resources } from './allocation/resources.ts';
import { resourcesOf } from './allocation/resources.ts';
import { isServiceDue, mayChangeModel } from './loops/service-loop.ts';
import { copyRecord } from './record.ts';

/** By default no lever is held. */
export interface ControllerOptions extends Partial<Held> {
  /** Default `controller`. */
  readonly scalingOwner?: ScalingOwner;
  /** Default `utility`. */
  readonly allocation?: AllocationMode;
  /** Stands before each decision's number; the shell's fencing token. Default 0. */
  readonly token?: number;
  /** What a camera was set to when it was first seen; default the top of its profile. */
  readonly initialRung?: (cameraId: string) => Rung | undefined;
  readonly motionSensitivity?: number;
}

/**
 * Framegate's controller: four loops by time scale in one pure step a second (each frame's is the mailbox's).
 * Its state is plain data; `init` is an empty memory, and a stored state continues.
 *
 * @param profiles by camera id, `*` for all others; without one the built-in profile is used
 */
export function createController(
  declaration: Declaration,
  profiles: ReadonlyMap<string, Profile>,
  options: ControllerOptions = {},
): Policy<ControllerState> {
  const catalogue = createCatalogue(declaration, profiles, builtInProfile());
  return {
    name: 'framegate',
    init: unknownController,
    step: (state, observation) => step(state, observation, { declaration, catalogue, options }),
  };
}

interface Setup {
  readonly declaration: Declaration;
  readonly catalogue: Catalogue;
  readonly options: ControllerOptions;
}

function step(before: ControllerState, observation: Observation, setup: Setup): PolicyStep<ControllerState> {
  const { declaration, catalogue, options } = setup;
  const { atUs } = observation;
  const learnt = learn(before, observation, setup);
  const obeyed = obey(learnt.state, observation, declaration);
  const { health, status, objectiveMs } = learnt;
  const slo = (cameraId: string): string => catalogue.promises(cameraId).latency?.name ?? 'latency';

  const resources = resourcesOf(obeyed.state, catalogue, objectiveMs);
  const serviceDue = isServiceDue(obeyed.state.service, atUs);
  const held = { pinned: options.pinned ?? (() => []), wanted: options.wanted ?? (() => undefined) };
  const planned = planMoves(obeyed.state, catalogue, resources, {
    mode: options.allocation ?? 'utility',
    objectiveMs,
    atUs,
    mayChangeModel: mayChangeModel(obeyed.state.service, atUs),
    ...held,
  });
  const moves = holdLevers(planned, held);
  const moved = withMoves(withTimes(obeyed.state, moves, catalogue, resources), moves, atUs);
  const cloud = cloudTurn(moved, {
    declaration,
    catalogue,
    observation,
    resources,
    health,
    objectiveMs,
    serviceDue,
    owner: options.scalingOwner ?? 'controller',
  });

  const context = { state: moved, status, health, resources, slo };
  const findings = [...obeyed.findings, ...moveFindings(moves, 'fast', context), ...cloud.findings];
  const decisions = findings.map((finding, index): Decision => ({
    id: `${options.token ?? 0}/${before.decisions + index + 1}`,
    atUs,
    ...finding,
  }));
  return {
    state: { ...cloud.state, decisions: before.decisions + decisions.length },
    actions: [...moves.map(actionOf), ...cloud.actions],
    decisions,
    status,
  };
}

function actionOf({ cameraId, to }: Move): Action {
  return { kind: 'configure-camera', cameraId, rung: to };
}

function withTimes(
  state: ControllerState,
  moves: readonly Move[],
  catalogue: Catalogue,
  { computeFor }: Resources,
): ControllerState {
  if (moves.every(({ from, to }) => from.model === to.model)) return state;
  const taken = moves.map(({ cameraId, to }) => catalogue.settingAt(cameraId, to));
  return { ...state, compute: computeFor(taken) };
}

/** Remembers what was asked of the cameras, and that their sites were changed. */
function withMoves(state: ControllerState, moves: readonly Move[], atUs: number): ControllerState {
  if (moves.length === 0) return state;
  const cameras = copyRecord(state.cameras);
  const sites = copyRecord(state.sites);
  for (const { cameraId, site, from, to, kind } of moves) {
    const camera = cameras[cameraId];
    const here = sites[site];
    if (!camera || !here) continue;
    cameras[cameraId] = {
      ...camera,
      rung: to,
      awaiting: { sinceUs: atUs, version: camera.version, from: camera.awaiting?.from ?? from },
      switchesUs: [...camera.switchesUs, atUs],
    };
    const rebalancedAtUs = kind === 'balance' ? atUs : here.rebalancedAtUs;
    // What follows a change has to be calm by itself before the next step up.
    sites[site] = { ...here, rebalancedAtUs, feedback: { ...here.feedback, calmSinceUs: null } };
  }
  const isModelChanged = moves.some(({ from, to }) => from.model !== to.model);
  const service = isModelChanged ? { ...state.service, modelChangedAtUs: atUs } : state.service;
  return { ...state, cameras, sites, service };
}
