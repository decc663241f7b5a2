import { describe, expect, it } from 'vitest';
import { followBusState } from './follow-bus-state.ts';
import { createHealth } from './health.ts';
import { createLogger } from './logger.ts';

type Listener = (state: 'connected' | 'reconnecting', reason: string) => void;

describe('readiness by the bus', () => {
  it('comes and goes with the bus, with its reason, until it is ended', () => {
    const listeners = new Set<Listener>();
    const bus = {
      state: () => 'reconnecting' as const,
      onState(listener: Listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    const health = createHealth(['bus']);
    const lines: string[] = [];
    const logger = createLogger({ name: 't', destination: { write: (line) => void lines.push(line) } });
    const end = followBusState(bus, health, logger);
    expect(health.report().ready).toBe(false);
    listeners.forEach((tell) => tell('connected', 'it answers'));
    expect(health.report().ready).toBe(true);
    listeners.forEach((tell) => tell('reconnecting', 'ECONNREFUSED'));
    expect(health.report().checks.bus).toEqual({ ready: false, reason: 'ECONNREFUSED' });
    expect(lines).toHaveLength(3);
    end();
    expect(listeners.size).toBe(0);
  });
});
