export { createScene, describeScene, sceneNames } from './create-scene.ts';
export type { I420Image, ObjectClass, Scene, SceneSpec, TruthBox } from './scene.ts';
