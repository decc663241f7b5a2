import type { Dashboard } from './dashboard.ts';
import { atSite, quantiles, query } from './dashboard.ts';

export const inference: Dashboard = {
  uid: 'framegate-inference',
  title: 'Inference',
  description: 'Mailboxes, workers and models.',
  rows: [
    {
      title: 'Outcomes',
      panels: [
        {
          kind: 'stacked',
          title: 'Frames by outcome',
          about:
            'Superseded: a newer frame of the camera took its place. Expired: its result would have been late.',
          unit: 'cps',
          queries: [
            query('sum by (outcome) (rate(framegate_frame_outcomes_total[$__rate_interval]))', '{{outcome}}'),
          ],
        },
        {
          kind: 'lines',
          title: 'Saturation',
          about:
            'Share of the live frames that are superseded or expire. Scale by this and not by the lag, which stays near zero.',
          unit: 'percentunit',
          queries: [query('framegate:inference_saturation:ratio_rate5m', 'saturation')],
        },
        {
          kind: 'lines',
          title: 'Failures',
          about: 'Frames that failed, by stage and reason.',
          unit: 'cps',
          queries: [
            query(
              'sum by (stage, reason) (rate(framegate_inference_stage_errors_total[$__rate_interval]))',
              '{{stage}}: {{reason}}',
            ),
          ],
        },
      ],
    },
    {
      title: 'Latency',
      panels: [
        {
          kind: 'lines',
          title: 'Capture to detection, live',
          about: 'Points lead to traces.',
          unit: 's',
          queries: quantiles('framegate_result_latency_seconds', `${atSite}, kind="live"`, []),
        },
        {
          kind: 'lines',
          title: 'The same by kind, p95',
          about: 'Pre-roll, keep-alive and backfill run on spare capacity and have no objective.',
          unit: 's',
          queries: quantiles('framegate_result_latency_seconds', atSite, ['kind'], [0.95]),
        },
        {
          kind: 'lines',
          title: 'Time of each stage, p95',
          about: 'Of analysed frames.',
          unit: 's',
          queries: quantiles('framegate_inference_stage_seconds', '', ['stage'], [0.95]),
        },
        {
          kind: 'lines',
          title: 'p95 by site',
          about: 'Over 5 minutes.',
          unit: 's',
          queries: [query(`site:framegate_result_latency_seconds:p95_5m{${atSite}}`, '{{site}}')],
        },
      ],
    },
    {
      title: 'Mailbox and workers',
      panels: [
        {
          kind: 'lines',
          title: 'Frames that wait',
          about: 'One a camera at most, and those that wait for spare capacity.',
          unit: 'none',
          queries: [query('sum by (model) (framegate_mailbox_frames)', '{{model}}')],
        },
        {
          kind: 'lines',
          title: 'Age of the oldest',
          about: 'A wait that stands means too few workers.',
          unit: 's',
          queries: [query('max by (model) (framegate_mailbox_head_age_seconds)', '{{model}}')],
        },
        {
          kind: 'lines',
          title: 'Busy workers',
          about: 'Share of the time of all workers.',
          unit: 'percentunit',
          queries: [
            query(
              `sum by (model) (rate(framegate_inference_worker_busy_seconds_total[$__rate_interval]))
                / sum by (model) (framegate_inference_workers)`,
              '{{model}}',
            ),
          ],
        },
      ],
    },
    {
      title: 'Batches',
      panels: [
        {
          kind: 'lines',
          title: 'Time of a batch',
          about: 'In a worker.',
          unit: 's',
          queries: quantiles('framegate_batch_service_seconds', '', ['model'], [0.5, 0.95]),
        },
        {
          kind: 'lines',
          title: 'Frames in a batch',
          about: 'Mean, and what is set.',
          unit: 'none',
          queries: [
            query(
              `sum by (model) (rate(framegate_batch_frames_sum[$__rate_interval]))
                / sum by (model) (rate(framegate_batch_frames_count[$__rate_interval]))`,
              '{{model}}',
            ),
            query('max by (model) (framegate_inference_batch_limit_frames)', '{{model}} at most'),
          ],
        },
        {
          kind: 'lines',
          title: 'Replicas that the load needs',
          about: 'As the controller sees it; 0 while unknown. Who acts on it says FRAMEGATE_SCALING_OWNER.',
          unit: 'none',
          queries: [query('max(framegate_inference_wanted_replicas)', 'wanted')],
        },
        {
          kind: 'lines',
          title: 'Workers',
          about: 'Threads of all instances.',
          unit: 'none',
          queries: [query('sum by (model) (framegate_inference_workers)', '{{model}}')],
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          kind: 'lines',
          title: 'CPU',
          about: 'Cores.',
          unit: 'short',
          queries: [
            query('rate(process_cpu_seconds_total{job=~".*inference"}[$__rate_interval])', '{{instance}}'),
          ],
        },
        {
          kind: 'lines',
          title: 'Event loop delay, p99',
          about: 'The main thread does no heavy work, so it should be a few ms.',
          unit: 's',
          queries: [query('nodejs_eventloop_lag_p99_seconds{job=~".*inference"}', '{{instance}}')],
        },
        {
          kind: 'lines',
          title: 'Memory',
          about: 'Resident.',
          unit: 'bytes',
          queries: [query('process_resident_memory_bytes{job=~".*inference"}', '{{instance}}')],
        },
      ],
    },
  ],
};
