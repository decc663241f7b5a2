import { describe, expect, it } from 'vitest';
import { createBusMetrics, followBusState } from './follow-bus-state.ts';
import { createHealth } from './health.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';

type Listener = (state: 'connected' | 'reconnecting', reason: string) => void;

describe('readiness by the bus', () => {
  it('comes and goes with the bus, with its reason, until it is ended', async () => {
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
    const metrics = createMetrics({ processMetrics: false });
    const end = followBusState(bus, health, logger, createBusMetrics(metrics, 'edge'));
    expect(health.report().ready).toBe(false);
    listeners.forEach((tell) => tell('connected', 'it answers'));
    expect(health.report().ready).toBe(true);
    listeners.forEach((tell) => tell('reconnecting', 'ECONNREFUSED'));
    expect(health.report().checks.bus).toEqual({ ready: false, reason: 'ECONNREFUSED' });
    expect(lines).toHaveLength(3);
    for (const reason of ['wrong CA', 'ECONNREFUSED', 'wrong CA'])
      listeners.forEach((tell) => tell('reconnecting', reason));
    expect(health.report().checks.bus).toEqual({ ready: false, reason: 'wrong CA' });
    expect(lines.filter((line) => line.includes('wrong CA'))).toHaveLength(1);
    expect(lines).toHaveLength(4);
    const text = await metrics.registry.metrics();
    expect(text).toContain('framegate_bus_connected{service="edge"} 0');
    expect(text).toContain('framegate_bus_disconnections_total{service="edge"} 1');
    end();
    expect(listeners.size).toBe(0);
  });
});
