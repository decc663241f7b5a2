import { startTimedLink } from '@framegate/fault-proxy';
import { InProcessBroker, InProcessBus } from '@framegate/message-bus';
import type { MessageBus } from '@framegate/message-bus';

/** The bus in memory, with a link between the site and it that can be narrowed. */
export interface DemoLink {
  readonly bus: MessageBus;
  readonly edgeBus: MessageBus;
  setRate(bytesPerSecond: number): void;
  close(): void;
}

export function createDemoLink(): DemoLink {
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
