import { readFileSync } from 'node:fs';
import { eventually } from '@framegate/test-kit';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeRun, metricsFile } from '../scripts/metrics-file.ts';
import { describeMetrics, seriesNames } from '../src/metrics/described-metrics.ts';
import type { WatchedRun } from './watched-run-fixture.ts';
import { startWatchedRun } from './watched-run-fixture.ts';

/** What a run without trouble has no series of, each with the reason. */
const absent = new Map([
  ['framegate_history_errors_total', 'the history answers'],
  ['framegate_notification_seconds', 'no rule wants anybody told'],
  ['framegate_notification_objective_ratio', 'no rule wants anybody told'],
  ['framegate_notifications_failed_total', 'no rule wants anybody told'],
  ['framegate_notifications_waiting', 'there is no channel'],
  ['framegate_edge_stage_errors_total', 'no stage fails'],
  ['framegate_edge_undecoded_frames_total', 'scenes are not watched by their packets'],
  ['framegate_inference_stage_errors_total', 'no frame fails'],
  ['framegate_quarantined_messages_total', 'no message is refused'],
  ['framegate_controller_decisions_total', 'nothing has to be decided'],
  ['framegate_inference_setting', 'the capacity of the inference is left as it is'],
]);

describe('what the services export', () => {
  let run: WatchedRun;
  beforeAll(async () => {
    run = await startWatchedRun();
  });
  afterAll(() => run.close());

  const scrape = async (): Promise<string> => {
    const texts = run.services.map(async ({ url }) => (await fetch(`${url}/metrics`)).text());
    return (await Promise.all(texts)).join('\n');
  };

  it('is what docs/metrics.md says', async () => {
    await eventually(async () => (await scrape()).includes('framegate_http_request_seconds_count'));
    const options = { ...(await resolveConfig(metricsFile)), parser: 'markdown' };
    const now = await format(await describeRun(run), options);
    expect(now, 'run node deploy/observability/scripts/generate.ts').toBe(readFileSync(metricsFile, 'utf8'));
  });

  it('has series of every metric once frames have been analysed, but for those of trouble', async () => {
    const described = await Promise.all(
      run.services.map(({ metrics: { registry } }) => describeMetrics(registry)),
    );
    const names = described.flat().filter(({ name }) => !absent.has(name) && name.startsWith('framegate_'));
    const missing = (text: string): string[] =>
      names.flatMap(seriesNames).filter((name) => !new RegExp(`^${name}[{ ]`, 'm').test(text));
    await expect.poll(async () => missing(await scrape()), { timeout: 50_000, interval: 500 }).toEqual([]);
  });

  it('balances in every scrape', async () => {
    for (let i = 0; i < 20; i++) {
      const text = await scrape();
      const entries = (ledger: string): Record<string, number> => {
        const found = [
          ...text.matchAll(new RegExp(`^framegate_${ledger}\\{.*?entry="(\\w+)"\\} (\\d+)$`, 'gm')),
        ];
        const sums: Record<string, number> = {};
        for (const [, entry = '', value] of found) sums[entry] = (sums[entry] ?? 0) + Number(value);
        return sums;
      };
      const { captured = 0, ...ends } = entries('edge_ledger_frames');
      expect(captured).toBeGreaterThan(0);
      expect(Object.values(ends).reduce((a, b) => a + b, 0)).toBe(captured);
      const {
        delivered,
        duplicates = 0,
        quarantined = 0,
        received = 0,
        ...outcomes
      } = entries('cloud_ledger_messages');
      expect(duplicates + quarantined + received).toBe(delivered);
      expect(Object.values(outcomes).reduce((a, b) => a + b, 0)).toBe(received);
    }
  });
});
