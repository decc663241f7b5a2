import { describeScene, sceneNames } from '@framegate/scene';

/** One line for each scene. */
export function listScenes(): string {
  const width = Math.max(...sceneNames.map((name) => name.length));
  return sceneNames.map((name) => `${name.padEnd(width)}  ${describeScene(name)}\n`).join('');
}
