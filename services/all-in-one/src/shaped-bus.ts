import { startTimedLink } from '@framegate/fault-proxy';
import { InProcessBroker, InProcessBus } from '@framegate/message-bus';
import type { MessageBus } from '@framegate/message-bus';

/** A bus in memory, with a link between the site and it whose rate can be set. */
export interface ShapedBus {
  readonly bus: MessageBus;
  readonly edgeBus: MessageBus;
  /** @param bytesPerSecond of the site's uplink; Infinity at first */
  setRate(bytesPerSecond: number): void;
  close(): void;
}

export function createShapedBus(): ShapedBus {
  const broker = new InProcessBroker();
  const link = startTimedLink<() => void>((arrived) => arrived(), Math.random);
  const carry = (bytes: number): Promise<void> => new Promise((resolve) => link.push(bytes, resolve));
  return {
    bus: new InProcessBus({ broker }),
    edgeBus: new InProcessBus({ broker, carry }),
    setRate: (bytesPerSecond) => link.set({ bytesPerSecond }),
    close: () => link.close(),
  };
}
