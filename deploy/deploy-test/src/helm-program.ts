import { spawnSync } from 'node:child_process';

/** How helm is called here: `FRAMEGATE_HELM`, or what the path has; undefined where there is none. */
export function findHelm(env: NodeJS.ProcessEnv): string | undefined {
  const helm = env['FRAMEGATE_HELM'] || 'helm';
  return spawnSync(helm, ['version'], { stdio: 'ignore' }).status === 0 ? helm : undefined;
}
