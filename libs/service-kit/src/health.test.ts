import { describe, expect, it } from 'vitest';
import { createHealth } from './health.ts';

describe('readiness', () => {
  it('needs every named condition, and says why one is not met', () => {
    const health = createHealth(['bus', 'model']);
    health.ready('bus');
    expect(health.report()).toEqual({
      ready: false,
      checks: { bus: { ready: true }, model: { ready: false, reason: 'starting' } },
    });
    health.ready('model');
    expect(health.report().ready).toBe(true);
    health.notReady('bus', 'no broker answers at a:9092');
    expect(health.report().checks['bus']).toEqual({ ready: false, reason: 'no broker answers at a:9092' });
  });

  it('does not need what is only told', () => {
    const health = createHealth(['bus', 'pages'], ['bus']);
    health.notReady('bus', 'no broker answers');
    expect(health.report().ready).toBe(false);
    health.ready('pages');
    expect(health.report()).toEqual({
      ready: true,
      checks: { bus: { ready: false, reason: 'no broker answers' }, pages: { ready: true } },
    });
  });
});
