import type { Health } from './health.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** The part of a message bus that tells whether it can be reached. */
interface Reachable {
  state(): BusState;
  onState(listener: (state: BusState, reason: string) => void): () => void;
}

type BusState = 'connected' | 'reconnecting';

/** How a service stands with the bus, as a metric. @param service several of one process share the metrics */
export function createBusMetrics(metrics: Metrics, service: string): (state: BusState) => void {
  const labels = { service };
  const connected = metrics.gauge('bus_connected', '1 while a broker answers', ['service']);
  const disconnections = metrics.counter('bus_disconnections_total', 'How often the bus was lost', [
    'service',
  ]);
  connected.set(labels, 0);
  disconnections.inc(labels, 0);
  return (state) => {
    connected.set(labels, state === 'connected' ? 1 : 0);
    if (state === 'reconnecting') disconnections.inc(labels);
  };
}

/** Readiness, log and metrics follow the bus, from its first connection on. @returns the function that ends this */
export function followBusState(
  bus: Reachable,
  health: Pick<Health<'bus'>, 'ready' | 'notReady'>,
  logger: Logger,
  count: (state: BusState) => void,
): () => void {
  const tell = (state: BusState, reason: string): void => {
    if (state === 'connected') health.ready('bus');
    else health.notReady('bus', reason);
  };
  let last = bus.state();
  tell(last, 'no broker has answered yet; trying on');
  if (last === 'connected') count('connected');
  else logger.info('message bus: waiting for a broker to answer');
  /** Each reason is said once in an outage, however they take turns. */
  const said = new Set<string>();
  return bus.onState((state, reason) => {
    tell(state, reason);
    if (state !== last) count(state);
    if (state !== last && state === 'connected') logger.info({ state, reason }, 'message bus');
    else if (!said.has(reason)) logger.warn({ state, reason }, 'message bus');
    if (state === 'connected') said.clear();
    else said.add(reason);
    last = state;
  });
}
