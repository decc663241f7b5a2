import { describe, expect, it } from 'vitest';
import { ConnectionMonitor, type Probe } from './connection-monitor.ts';

const QUICK = { probeIntervalMs: 1, probeTimeoutMs: 20, random: () => 0 };

/** A cluster that answers, refuses or keeps silent as the test says. */
class ScriptedProbe implements Probe {
  behaviour: 'answers' | 'refuses' | 'is silent' = 'answers';
  drops = 0;

  async ask(): Promise<void> {
    if (this.behaviour === 'refuses') throw new Error('connection refused');
    if (this.behaviour === 'is silent') await new Promise<never>(() => {});
  }

  drop(): void {
    this.drops += 1;
  }
}

async function watch(probe: Probe) {
  const monitor = new ConnectionMonitor(probe, QUICK);
  const changes: string[] = [];
  monitor.onState((state, reason) => changes.push(`${state}: ${reason}`));
  await expect.poll(() => monitor.state).toBe('connected');
  return { monitor, changes };
}

describe('ConnectionMonitor', () => {
  it.each([
    ['refuses', 'reconnecting: connection refused'],
    ['is silent', 'reconnecting: no answer from the cluster for 20 ms'],
  ] as const)('says once that a cluster %s, and once that it is back', async (behaviour, reason) => {
    const probe = new ScriptedProbe();
    const { monitor, changes } = await watch(probe);
    probe.behaviour = behaviour;
    await expect.poll(() => probe.drops).toBeGreaterThan(2);
    probe.behaviour = 'answers';
    await expect.poll(() => monitor.state).toBe('connected');
    monitor.close();
    expect(changes).toEqual(['connected: the cluster answers', reason, 'connected: the cluster answers']);
  });

  it('says why a cluster that was never there is away, and again when the reason changes', async () => {
    const probe = new ScriptedProbe();
    probe.behaviour = 'refuses';
    const monitor = new ConnectionMonitor(probe, QUICK);
    const reasons: string[] = [];
    monitor.onState((state, reason) => reasons.push(`${state}: ${reason}`));
    await expect.poll(() => reasons).toEqual(['reconnecting: connection refused']);
    probe.behaviour = 'is silent';
    await expect.poll(() => reasons.at(-1)).toBe('reconnecting: no answer from the cluster for 20 ms');
    expect(reasons).toHaveLength(2);
    monitor.onState((state, reason) => reasons.push(`told at once: ${state}: ${reason}`));
    expect(reasons.at(-1)).toBe('told at once: reconnecting: no answer from the cluster for 20 ms');
    monitor.close();
  });

  it('is silent after it is closed', async () => {
    const probe = new ScriptedProbe();
    const { monitor, changes } = await watch(probe);
    monitor.close();
    probe.behaviour = 'refuses';
    await new Promise((resolve) => setImmediate(resolve));
    expect(monitor.state).toBe('connected');
    expect(changes).toHaveLength(1);
  });
});
