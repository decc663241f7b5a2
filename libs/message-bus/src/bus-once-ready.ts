import type { BusState, MessageBus, SubscribeOptions, Subscription } from './port.ts';

/**
 * The bus of a service that is there before a broker answers. Until `ready` it counts as reconnecting, and who
 * subscribes has nothing to read and nothing to catch up with; then each subscription is opened.
 * @param ready resolves when the topics exist
 * @param onFailed told when they never will, or when a subscription can't be opened
 */
export function busOnceReady(
  bus: MessageBus,
  ready: Promise<void>,
  onFailed: (error: unknown) => void,
): MessageBus {
  let isReady = false;
  const listeners = new Set<(state: BusState, reason: string) => void>();
  void ready.then(() => {
    isReady = true;
    if (bus.state() === 'connected')
      for (const listener of listeners) listener('connected', 'the topics are there');
  }, onFailed);

  return {
    ensureTopics: (specs) => bus.ensureTopics(specs),
    topics: () => bus.topics(),
    producer: (options) => bus.producer(options),
    subscribe: async (options) =>
      isReady ? bus.subscribe(options) : subscribeLater(bus, options, ready, onFailed),
    state: () => (isReady ? bus.state() : 'reconnecting'),
    onState(listener) {
      listeners.add(listener);
      const stop = bus.onState((state, reason) => {
        if (isReady || state === 'reconnecting') listener(state, reason);
      });
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    close: (options) => bus.close(options),
  };
}

function subscribeLater(
  bus: MessageBus,
  options: SubscribeOptions,
  ready: Promise<void>,
  onFailed: (error: unknown) => void,
): Subscription {
  let opening: Promise<Subscription> | undefined;
  let opened: Subscription | undefined;
  let isClosed = false;
  const open = async (): Promise<void> => {
    if (isClosed) return;
    try {
      opened = await (opening = bus.subscribe(options));
    } catch (error) {
      if (!isClosed) onFailed(error);
    }
    if (isClosed) await opened?.close();
  };
  void ready.then(open, () => {});
  return {
    caughtUp: async () => (await opening)?.caughtUp(),
    lag: async () => (await opening)?.lag() ?? 0,
    unsettled: () => opened?.unsettled() ?? 0,
    expired: () => opened?.expired() ?? 0,
    async close(drain) {
      isClosed = true;
      // One that is being opened while no broker answers is closed when it is open, or with the bus.
      await opened?.close(drain);
    },
  };
}
