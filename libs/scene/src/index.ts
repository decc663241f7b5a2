export { createScene, describeScene, sceneNames } from './create-scene.ts';
export type { I420Image, ObjectClass, Scene, SceneSpec, TruthBox } from './scene.ts';
export type { TrialCondition } from './trials/condition.ts';
export { createTrial, trialConditions, trialSubjects } from './trials/create-trial.ts';
export type { TrialSubject } from './trials/subject.ts';
