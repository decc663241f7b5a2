import type { Declaration, ScalingOwner } from '@framegate/control';
import type { Scaler } from '@framegate/scaling';

/** Who moves the replicas of the inference, and how far. There is one owner. */
export interface Scaling {
  readonly owner: ScalingOwner;
  /** Where the controller owns it. */
  readonly scaler?: Scaler;
  readonly least: number;
  /** Not more than partitions: a replica without one has nothing to do. */
  readonly most: number;
}

/** Nobody scales. */
export const noScaling: Scaling = { owner: 'none', least: 1, most: 1 };

/** A replica that was asked for needs so long to start and to get its partitions, where nothing is declared. */
const startSeconds = 20;

/** The declaration with replicas as a lever where someone scales, within what the settings allow. */
export function withReplicas(declaration: Declaration, { owner, least, most }: Scaling): Declaration {
  const others = declaration.levers.filter(({ lever }) => lever !== 'replicas');
  if (owner === 'none') return declaration;
  const declared = declaration.levers.find(({ lever }) => lever === 'replicas');
  const wanted = declared?.steps.filter((step) => typeof step === 'number');
  const steps = (wanted ?? counts(least, most)).filter((step) => step >= least && step <= most);
  const lever = declared ?? { lever: 'replicas', scope: 'cloud', settleSeconds: startSeconds, cost: 8 };
  return { ...declaration, levers: [...others, { ...lever, steps: steps.length > 0 ? steps : [least] }] };
}

function counts(least: number, most: number): number[] {
  return Array.from({ length: Math.max(0, most - least) + 1 }, (_, index) => least + index);
}
