import { createHdrHistogram } from '@framegate/load-generator';
import { machine } from '@framegate/service-kit';
import type { LoadOptions } from './load-options.ts';
import type { PartResult } from './run-part.ts';

const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 };
/** Later than this at the 99th percentile, the load is not the one that was asked for. */
const scheduleGoalMs = 2;

export type LoadReport = ReturnType<typeof loadReport>;

export function loadReport(options: LoadOptions, parts: readonly PartResult[]) {
  const sum = (of: (part: PartResult) => number): number => parts.reduce((all, part) => all + of(part), 0);
  const seconds = Math.max(...parts.map((part) => part.seconds));
  const scheduleErrorMs = merged(parts.map((part) => part.scheduleErrorUs));
  const failures = new Map<string, number>();
  for (const [reason, count] of parts.flatMap((part) => part.failures))
    failures.set(reason, (failures.get(reason) ?? 0) + count);
  return {
    schema: 'framegate.report/1' as const,
    kind: 'load' as const,
    environment: machine(),
    options,
    durationSeconds: seconds,
    sent: sum((part) => part.sent),
    completed: sum((part) => part.completed),
    failed: sum((part) => part.failed),
    failures: Object.fromEntries(failures),
    perSecond: {
      asked: sum((part) => part.sent) / options.seconds,
      reached: sum((part) => part.completed) / seconds,
    },
    megabytes: sum((part) => part.bytes) / 1e6,
    cpuMsPerFrame:
      sum((part) => part.cpuMs) /
      Math.max(
        1,
        sum((part) => part.sent),
      ),
    latencyMs: merged(parts.map((part) => part.latencyUs)),
    scheduleErrorMs,
    isScheduleKept: !(scheduleErrorMs.p99 >= scheduleGoalMs),
  };
}

function merged(parts: readonly PartResult['latencyUs'][]) {
  const histogram = createHdrHistogram();
  for (const part of parts) histogram.merge(part);
  const ms = (us: number): number => Math.round(us) / 1000;
  const entries = Object.entries(quantiles).map(([name, share]) => [name, ms(histogram.quantile(share))]);
  const named: Record<keyof typeof quantiles, number> = {
    p50: 0,
    p90: 0,
    p95: 0,
    p99: 0,
    p999: 0,
    ...Object.fromEntries(entries),
  };
  return { count: histogram.count, mean: ms(histogram.mean), ...named, max: ms(histogram.max) };
}

export function loadText(report: LoadReport): string {
  const { options, perSecond, latencyMs, scheduleErrorMs, sent, completed, failed } = report;
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  const lines = [
    `${options.cameras} cameras, ${options.profile}, ${options.spacing}: ${perSecond.asked.toFixed(1)} frames/s asked, ${perSecond.reached.toFixed(1)} came through`,
    `sent ${sent}, through ${completed}, failed ${failed}; ${report.megabytes.toFixed(1)} MB, ${report.cpuMsPerFrame.toFixed(2)} ms of CPU a frame`,
    latencyMs.count === 0
      ? 'no frame came through: no latency'
      : `latency from when it was due: p50 ${ms(latencyMs.p50)}, p95 ${ms(latencyMs.p95)}, p99 ${ms(latencyMs.p99)}, max ${ms(latencyMs.max)}`,
    `schedule error: p50 ${ms(scheduleErrorMs.p50)}, p99 ${ms(scheduleErrorMs.p99)}, max ${ms(scheduleErrorMs.max)}`,
  ];
  for (const [reason, count] of Object.entries(report.failures))
    lines.push(`failed ${count} times: ${reason}`);
  if (!report.isScheduleKept)
    lines.push(
      'the schedule was not kept: this machine can not send so much; take fewer cameras, or more --processes',
    );
  return lines.join('\n');
}
