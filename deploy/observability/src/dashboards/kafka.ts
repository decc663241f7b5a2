import type { Dashboard } from './dashboard.ts';
import { atSite, quantiles, query } from './dashboard.ts';

export const kafka: Dashboard = {
  uid: 'framegate-kafka',
  title: 'Kafka',
  description: 'The bus as the services see it; a broker has metrics of its own.',
  rows: [
    {
      title: 'Reach',
      panels: [
        {
          kind: 'lines',
          title: 'Connected',
          about: '1 while a broker answers.',
          unit: 'none',
          queries: [query('framegate_bus_connected', '{{service}} {{instance}}')],
        },
        {
          kind: 'lines',
          title: 'Lost connections',
          about: 'In 5 minutes.',
          unit: 'none',
          queries: [query('increase(framegate_bus_disconnections_total[5m])', '{{service}} {{instance}}')],
        },
        {
          kind: 'lines',
          title: 'Round trip of a report',
          about: 'From a site to the broker and back.',
          unit: 's',
          queries: [query(`framegate_edge_broker_round_trip_seconds{${atSite}}`, '{{site}}')],
        },
      ],
    },
    {
      title: 'Sending',
      panels: [
        {
          kind: 'lines',
          title: 'Frame until acknowledged',
          about: 'Queue at the edge, uplink, broker.',
          unit: 's',
          queries: quantiles('framegate_edge_stage_seconds', `${atSite}, stage="publish"`, ['site']),
        },
        {
          kind: 'lines',
          title: 'Result until acknowledged',
          about: 'Detection and outcome.',
          unit: 's',
          queries: quantiles('framegate_inference_stage_seconds', 'stage="emit"', []),
        },
        {
          kind: 'lines',
          title: 'Frames and bytes sent',
          about: 'Of all chosen sites.',
          unit: 'short',
          queries: [
            query(`sum(rate(framegate_edge_frame_bytes_count{${atSite}}[$__rate_interval]))`, 'frames/s'),
            query(`sum(rate(framegate_edge_frame_bytes_sum{${atSite}}[$__rate_interval])) / 1024`, 'KiB/s'),
          ],
        },
        {
          kind: 'lines',
          title: 'Bytes not acknowledged',
          about: 'What a lost broker would hold up.',
          unit: 'bytes',
          queries: [query(`framegate_edge_queued_bytes{${atSite}}`, '{{site}}')],
        },
      ],
    },
    {
      title: 'Reading',
      panels: [
        {
          kind: 'lines',
          title: 'Transport',
          about: 'Sent by the edge until in the mailbox.',
          unit: 's',
          queries: quantiles('framegate_inference_stage_seconds', 'stage="transport"', []),
        },
        {
          kind: 'lines',
          title: 'Lag',
          about: 'Frames on the bus that have no outcome yet.',
          unit: 'none',
          queries: [query('framegate_consumer_lag_messages', '{{instance}}')],
        },
        {
          kind: 'lines',
          title: 'Missed',
          about: 'Frames that retention removed before they were read, in 10 minutes.',
          unit: 'none',
          queries: [query('increase(framegate_consumer_missed_messages_total[10m])', '{{instance}}')],
        },
        {
          kind: 'lines',
          title: 'Refused messages',
          about: 'They lie in framegate.quarantine with the reason.',
          unit: 'cps',
          queries: [
            query('sum by (code) (rate(framegate_quarantined_messages_total[$__rate_interval]))', '{{code}}'),
          ],
        },
      ],
    },
  ],
};
