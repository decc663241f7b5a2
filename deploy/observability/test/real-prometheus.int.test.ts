import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpanRecord, Tracing } from '@framegate/service-kit';
import { eventually, has, need } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboards } from '../src/dashboards/all-dashboards.ts';
import { describeMetrics, seriesNames } from '../src/metrics/described-metrics.ts';
import { metricNames } from '../src/rules/metric-names.ts';
import { scaleRules } from '../src/rules/scale-rules.ts';
import type { TestPrometheus } from './prometheus-fixture.ts';
import { startPrometheus } from './prometheus-fixture.ts';
import type { WatchedRun } from './watched-run-fixture.ts';
import { startWatchedRun } from './watched-run-fixture.ts';

const hasPrometheus = need(
  'Prometheus',
  () => has.command('prometheus', '--version'),
  'install Prometheus (Debian: apt-get install prometheus)',
);

/** An hour of the rules is half a minute here. */
const factor = 120;
const burnsFast = 'FramegateLatencyBudgetBurnsFast';
const ruleFiles = globSync(join(import.meta.dirname, '../prometheus/rules/*.yml')).map((path) =>
  readFileSync(path, 'utf8'),
);
const panels = Object.values(dashboards).flatMap(({ title, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ ...panel, name: `${title} / ${panel.title}` }))),
);

/** Panels that may be empty in this run, each with the reason. */
const mayBeEmpty = new Map([
  ['Edge / Offline cameras', 'no camera goes offline'],
  ['Edge / Frames that a stage gave up', 'no stage gives up a frame'],
  ['Edge / Frames that stayed undecoded', 'scenes are not watched by their packets'],
  ['Inference / Failures', 'no frame fails'],
  ['Kafka / Refused messages', 'no message is refused'],
  ['SLO and decisions / Capacity of the inference', 'the controller may leave it as it is'],
]);

describe.skipIf(!hasPrometheus)('a real Prometheus that watches the services', () => {
  const spans: SpanRecord[] = [];
  const tracing: Tracing = {
    isSampled: () => true,
    record: (some) => void spans.push(...some),
    close: () => Promise.resolve(),
  };
  let run: WatchedRun;
  let prometheus: TestPrometheus;

  beforeAll(async () => {
    run = await startWatchedRun({ tracing });
    prometheus = await startPrometheus(
      run.services,
      ruleFiles.map((text) => scaleRules(text, factor)),
    );
  });
  afterAll(async () => {
    await prometheus.stop();
    await run.close();
  });

  it('knows every metric that the rules and dashboards ask for', async () => {
    const described = await Promise.all(
      run.services.map(({ metrics: { registry } }) => describeMetrics(registry)),
    );
    const exported = new Set(described.flat().flatMap(seriesNames));
    const asked = metricNames(
      [...ruleFiles, ...panels.flatMap(({ queries }) => queries.map(({ expr }) => expr))].join('\n'),
    );
    expect(asked.filter((name) => !exported.has(name))).toEqual([]);
    expect(asked.length).toBeGreaterThan(40);
  });

  it('alerts within seconds when the detector takes longer than is promised, and not before', async () => {
    const onTime = 'sum(framegate_slo_on_time_frames_total) > 40';
    await eventually(async () => (await prometheus.query(onTime)).length > 0, {
      timeoutMs: 60_000,
      everyMs: 250,
    });
    expect((await prometheus.firing()).map(({ alertname }) => alertname)).not.toContain(burnsFast);
    run.slowDown(4000);
    const alert = await eventually(
      async () => (await prometheus.firing()).find(({ alertname }) => alertname === burnsFast),
      { timeoutMs: 90_000, everyMs: 250 },
    );
    expect(alert).toMatchObject({ site: 'north', severity: 'page' });
  }, 180_000);

  it('has an answer to every query of the dashboards, in trouble or after it', async () => {
    const isEmpty = async ({ expr }: { readonly expr: string }): Promise<boolean> =>
      (await prometheus.query(expr.replaceAll('$__rate_interval', '20s').replaceAll('$site', '.*')))
        .length === 0;
    let open = panels
      .filter(({ name }) => !mayBeEmpty.has(name))
      .flatMap(({ name, queries }) => queries.map(({ expr }) => ({ name, expr })));
    expect(open.length).toBeGreaterThan(70);
    const ask = async (): Promise<boolean> => {
      const empty: typeof open = [];
      for (const one of open) if (await isEmpty(one)) empty.push(one);
      open = empty;
      return open.length === 0;
    };
    // A detector that answers each four seconds is believed to be slow after some answers.
    const decided = async (): Promise<boolean> =>
      (await prometheus.query('framegate_controller_decisions_total')).length > 0;
    await eventually(decided, { timeoutMs: 90_000, everyMs: 500 });
    await ask();
    run.slowDown(0);
    await eventually(ask, { timeoutMs: 60_000, everyMs: 500 }).catch(() => {});
    expect(open).toEqual([]);
  }, 180_000);

  it('leads from the buckets of latencies to traces that were recorded', async () => {
    const recorded = new Set(spans.map(({ traceId }) => traceId));
    const named = await prometheus.traceIds('framegate_result_objective_ratio_bucket');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((traceId) => !recorded.has(traceId))).toEqual([]);
  });
});
