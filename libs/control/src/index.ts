export type { Action, Decision, Rung } from './action.ts';
export type { BaselineParameters } from './baselines/baselines.ts';
export { createBaselines, tunedParameters } from './baselines/baselines.ts';
export { builtInProfile } from './profile/built-in-profile.ts';
export { isInScope, matchesPattern } from './declaration/camera-scope.ts';
export type { ControllerState } from './controller-state.ts';
export type { ControllerOptions } from './controller.ts';
export { createController } from './controller.ts';
export type {
  Declaration,
  Dependency,
  Lever,
  LeverName,
  SliName,
  Slo,
  SloScope,
} from './declaration/declaration.ts';
export { leverNames, sliNames } from './declaration/declaration.ts';
export { defaultDeclaration } from './declaration/default-declaration.ts';
export { promisesOf } from './declaration/promises.ts';
export type { DependencyEdge, DependencyGraph, DependencyNode } from './status/dependency-graph.ts';
export { dependencyGraph } from './status/dependency-graph.ts';
export type { InferenceState } from './status/infer-status.ts';
export { createStatusInference, inferStatus } from './status/infer-status.ts';
export { jainIndex } from './slo/jain-index.ts';
export type { LatencyHistogram } from './observation/latency-histogram.ts';
export { createLatencyHistogram, quantileOf } from './observation/latency-histogram.ts';
export type {
  ArrivalStageTimes,
  CameraObservation,
  InferenceObservation,
  Observation,
  SiteObservation,
  StageTimes,
} from './observation/observation.ts';
export type { CameraLever, Pin } from './configuration/effective-settings.ts';
export { cameraLevers, declaredLevers, effectiveSettings } from './configuration/effective-settings.ts';
export type { Newcomers } from './observation/newcomers.ts';
export { createNewcomers } from './observation/newcomers.ts';
export type { ObservationWindow } from './observation/observation-window.ts';
export { createObservationWindow } from './observation/observation-window.ts';
export type { PlanOptions } from './configuration/plan-configuration.ts';
export { nextToken, planConfiguration } from './configuration/plan-configuration.ts';
export { isControllerState } from './is-controller-state.ts';
export { stateFromJson, stateToJson } from './state-json.ts';
export { withAppliedRungs, withoutWaiting } from './configuration/with-applied-rungs.ts';
export type { Policy, PolicyStep } from './policy.ts';
export { bytesPerSecond, servicePerSecond } from './profile/pareto-front.ts';
export type { Profile, ProfilePoint } from './profile/profile.ts';
export { isSameSetting } from './profile/setting-at.ts';
export { settingsOf } from './profile/settings.ts';
export type { ScalingOwner } from './loops/replica-loop.ts';
export { scalingOwners } from './loops/replica-loop.ts';
export type { CameraAccount, SloAccount, SloSummary } from './slo/slo-account.ts';
export { createSloAccount } from './slo/slo-account.ts';
export type { Machine, ObjectiveProblem } from './declaration/reachable.ts';
export { reachable } from './declaration/reachable.ts';
export type { Blame, Cause, Evidence, SloStatus, Status } from './status/status.ts';
export { causes } from './status/status.ts';
