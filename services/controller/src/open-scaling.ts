import {
  createKubernetesScaler,
  inClusterAccess,
  parseScaleTarget,
  readKubeconfig,
} from '@framegate/scaling';
import { ConfigError } from '@framegate/service-kit';
import type { z } from 'zod';
import type { configSchema } from './config.ts';
import type { Scaling } from './scaling.ts';

type Settings = Pick<
  z.output<typeof configSchema>,
  | 'partitions'
  | 'scalingOwner'
  | 'scalingTarget'
  | 'scalingNamespace'
  | 'scalingKubeconfig'
  | 'scalingMin'
  | 'scalingMax'
>;

/** Who scales, by the settings `FRAMEGATE_SCALING_…`. @throws ConfigError with every mistake */
export function openScaling(settings: Settings, env: Readonly<Record<string, string | undefined>>): Scaling {
  const { scalingOwner: owner, scalingTarget, partitions } = settings;
  const [least, most] = [settings.scalingMin, settings.scalingMax ?? partitions];
  const mistakes = mistakesOf(settings, least, most);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const target = scalingTarget === undefined ? undefined : parseScaleTarget(scalingTarget);
  if (owner !== 'controller' || !target) return { owner, least, most };
  const { scalingKubeconfig: kubeconfig, scalingNamespace: namespace } = settings;
  const cluster = kubeconfig === undefined ? inClusterAccess(env) : readKubeconfig(kubeconfig);
  return { owner, least, most, scaler: createKubernetesScaler(cluster, target, namespace) };
}

function mistakesOf(
  { scalingOwner, scalingTarget, scalingKubeconfig, partitions }: Settings,
  least: number,
  most: number,
): string[] {
  const mistakes: string[] = [];
  if (most > partitions)
    mistakes.push(
      `FRAMEGATE_SCALING_MAX=${most}: expected at most FRAMEGATE_PARTITIONS=${partitions}, since a replica more would get no partition`,
    );
  if (least > most)
    mistakes.push(`FRAMEGATE_SCALING_MIN=${least}: expected at most FRAMEGATE_SCALING_MAX=${most}`);
  if (scalingOwner === 'controller' && scalingTarget === undefined)
    mistakes.push(
      'FRAMEGATE_SCALING_TARGET is not set: expected deployment/NAME or statefulset/NAME, which the controller scales',
    );
  if (scalingTarget !== undefined && parseScaleTarget(scalingTarget) === undefined)
    mistakes.push(
      `FRAMEGATE_SCALING_TARGET="${scalingTarget}": expected deployment/NAME or statefulset/NAME`,
    );
  for (const [name, value] of [
    ['TARGET', scalingTarget],
    ['KUBECONFIG', scalingKubeconfig],
  ] as const)
    if (value !== undefined && scalingOwner !== 'controller')
      mistakes.push(
        `FRAMEGATE_SCALING_${name} is set, but FRAMEGATE_SCALING_OWNER=${scalingOwner}: scaling has one owner; unset it, or make the controller that owner`,
      );
  return mistakes;
}
