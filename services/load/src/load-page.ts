import type { Page } from '@framegate/report-page';
import type { LoadReport } from './load-report.ts';

const shown = ['p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;

export function loadPage(report: LoadReport): Page {
  const { latencyMs, scheduleErrorMs, perSecond, options } = report;
  const bars = (of: LoadReport['latencyMs']) => shown.map((name) => ({ value: of[name] }));
  return {
    title: `Load: ${options.cameras} cameras, ${options.profile}`,
    lead: 'Frames are due by a schedule that waits for no reply; a latency counts from when its frame was due.',
    environment: report.environment,
    sections: [
      {
        heading: 'What came through',
        blocks: [
          {
            kind: 'figures',
            figures: [
              { label: 'asked', value: perSecond.asked.toFixed(1), unit: 'frames/s' },
              { label: 'came through', value: perSecond.reached.toFixed(1), unit: 'frames/s' },
              { label: 'failed', value: report.failed },
              { label: 'CPU a frame', value: report.cpuMsPerFrame.toFixed(2), unit: 'ms' },
            ],
          },
          {
            kind: 'plot',
            plot: {
              kind: 'bars',
              title: 'Latency and schedule error',
              y: { label: 'ms', scale: 'log' },
              groups: [...shown],
              series: [
                { label: 'latency', values: bars(latencyMs) },
                { label: 'schedule error', values: bars(scheduleErrorMs) },
              ],
            },
          },
        ],
      },
    ],
    data: { json: report },
  };
}
