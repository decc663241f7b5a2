import type { Dashboard } from './dashboard.ts';
import { atSite, query } from './dashboard.ts';

export const ledger: Dashboard = {
  uid: 'framegate-ledger',
  title: 'Ledger',
  description: 'Where every frame went, and that none is missing.',
  rows: [
    {
      title: 'Balance',
      panels: [
        {
          kind: 'number',
          title: 'Edge',
          about: 'Captured less everything that is known of the frames.',
          unit: 'none',
          warnFrom: [1, 1],
          queries: [query(`sum(abs(framegate:edge_ledger:imbalance_frames{${atSite}}))`)],
        },
        {
          kind: 'number',
          title: 'Cloud, delivered',
          about: 'Delivered less duplicates, quarantined and received.',
          unit: 'none',
          warnFrom: [1, 1],
          queries: [query('sum(abs(framegate:cloud_ledger:delivered_imbalance_messages))')],
        },
        {
          kind: 'number',
          title: 'Cloud, received',
          about: 'Received less all outcomes and what is in work.',
          unit: 'none',
          warnFrom: [1, 1],
          queries: [query('sum(abs(framegate:cloud_ledger:received_imbalance_messages))')],
        },
      ],
    },
    {
      title: 'Edge',
      panels: [
        {
          kind: 'stacked',
          title: 'Fates of captured frames',
          about: 'A second.',
          unit: 'cps',
          queries: [
            query(
              `sum by (fate) (rate(framegate_edge_frames_total{${atSite}}[$__rate_interval]))`,
              '{{fate}}',
            ),
          ],
        },
        {
          kind: 'stacked',
          title: 'Frames without a final fate',
          about: 'Held for a pre-roll, on their way to the broker, or in the spool.',
          unit: 'none',
          queries: [
            query(
              `sum by (entry) (framegate_edge_ledger_frames{${atSite}, entry=~"held|encoding|spooled"})`,
              '{{entry}}',
            ),
          ],
        },
        {
          kind: 'table',
          title: 'By camera',
          about: 'Since the start.',
          unit: 'none',
          queries: [query(`sum by (camera, entry) (framegate_edge_ledger_frames{${atSite}})`)],
        },
      ],
    },
    {
      title: 'Cloud',
      panels: [
        {
          kind: 'stacked',
          title: 'Outcomes of received frames',
          about: 'A second, by kind.',
          unit: 'cps',
          queries: [
            query(
              'sum by (kind, outcome) (rate(framegate_frame_outcomes_total[$__rate_interval]))',
              '{{kind}} {{outcome}}',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'In work',
          about: 'Received, without outcome.',
          unit: 'none',
          queries: [query('framegate_cloud_ledger_messages{entry="inFlight"}', '{{instance}}')],
        },
        {
          kind: 'table',
          title: 'By instance',
          about: 'Since its start.',
          unit: 'none',
          queries: [query('framegate_cloud_ledger_messages')],
        },
      ],
    },
  ],
};
