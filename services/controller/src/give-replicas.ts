import type { Action } from '@framegate/control';
import type { Logger } from '@framegate/service-kit';
import type { Scaling } from './scaling.ts';

/**
 * Asks the scaler for the replicas that the loops want. It is not waited for, since an orchestrator that does not
 * answer must not hold up the cameras; what it refuses is logged, and the loop asks again once its lever has settled.
 */
export function giveReplicas(actions: readonly Action[], { scaler, owner }: Scaling, logger: Logger): void {
  const wanted = actions.findLast((action) => action.kind === 'set-replicas')?.replicas;
  if (wanted === undefined || owner !== 'controller' || !scaler) return;
  scaler.scale(wanted).then(
    (scale) => logger.info(scale, `${wanted} replicas of the inference were asked for`),
    (error: unknown) =>
      logger.error({ err: error, wanted }, 'the replicas could not be set; asked again later'),
  );
}
