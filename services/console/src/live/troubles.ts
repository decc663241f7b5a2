import type { MessageBus } from '@framegate/message-bus';
import type { WatchedHistory } from '../events/watched-history.ts';

/** @returns a function that says what the console can't do now, in sentences for those who look at its pages */
export function createTroubles(
  bus: Pick<MessageBus, 'state' | 'onState'>,
  past: Pick<WatchedHistory, 'trouble'>,
): () => string[] {
  let hasAnswered = bus.state() === 'connected';
  bus.onState((state) => (hasAnswered ||= state === 'connected'));
  const ofBus = (): string | undefined => {
    if (bus.state() === 'connected') return undefined;
    return hasAnswered
      ? 'no broker answers: what is shown is from before'
      : 'no broker has answered since this console began: it hears no camera and shows only what its history has; its log says why';
  };
  return () => [ofBus(), past.trouble()].filter((trouble) => trouble !== undefined);
}
