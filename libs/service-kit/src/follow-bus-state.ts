import type { Health } from './health.ts';
import type { Logger } from './logger.ts';

/** The part of a message bus that tells whether it can be reached. */
interface Reachable {
  state(): 'connected' | 'reconnecting';
  onState(listener: (state: 'connected' | 'reconnecting', reason: string) => void): () => void;
}

/** Readiness and log follow the bus, from its first connection on. @returns the function that ends this */
export function followBusState(
  bus: Reachable,
  health: Pick<Health<'bus'>, 'ready' | 'notReady'>,
  logger: Logger,
): () => void {
  const tell = (state: 'connected' | 'reconnecting', reason: string): void => {
    if (state === 'connected') health.ready('bus');
    else health.notReady('bus', reason);
  };
  tell(bus.state(), 'no broker has answered yet; trying on');
  if (bus.state() === 'reconnecting') logger.info('message bus: waiting for a broker to answer');
  return bus.onState((state, reason) => {
    tell(state, reason);
    logger[state === 'connected' ? 'info' : 'warn']({ state, reason }, 'message bus');
  });
}
