import type { Dashboard } from './dashboard.ts';
import { atSite, quantiles, query } from './dashboard.ts';

export const overview: Dashboard = {
  uid: 'framegate-overview',
  title: 'Overview',
  description: 'Whether the promise holds, in five seconds.',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'number',
          title: 'On time',
          about: 'Share of the live frames of the last 5 minutes whose result came within their objective.',
          unit: 'percentunit',
          warnFrom: [0.95, 0.9],
          queries: [
            query(`sum(rate(framegate_slo_on_time_frames_total{${atSite}}[5m]))
              / sum(rate(framegate_slo_due_frames_total{${atSite}}[5m]))`),
          ],
        },
        {
          kind: 'number',
          title: 'Budget burns',
          about: 'The fastest burn rate of all objectives right now; above 1 the budget does not last.',
          unit: 'short',
          warnFrom: [1, 6],
          queries: [query('max(framegate_slo_burn_rate{window="short"})')],
        },
        {
          kind: 'number',
          title: 'Cameras without a picture',
          about: 'Cameras that should deliver frames and do not.',
          unit: 'none',
          warnFrom: [1, 2],
          queries: [
            query(`sum(framegate_observed_cameras{${atSite}, state=~"offline|connecting"}) or vector(0)`),
          ],
        },
        {
          kind: 'number',
          title: 'Frames without a fate',
          about: 'What the ledgers of edge and cloud miss. Anything but 0 is an error of Framegate.',
          unit: 'none',
          warnFrom: [1, 1],
          queries: [
            query(`sum(abs(framegate:edge_ledger:imbalance_frames))
              + sum(abs(framegate:cloud_ledger:delivered_imbalance_messages))
              + sum(abs(framegate:cloud_ledger:received_imbalance_messages))`),
          ],
        },
        {
          kind: 'number',
          title: 'Leading controllers',
          about: 'One is right.',
          unit: 'none',
          queries: [query('sum(framegate_controller_leading)')],
        },
        {
          kind: 'number',
          title: 'Alerts',
          about: 'Alerts that fire.',
          unit: 'none',
          warnFrom: [1, 3],
          queries: [query('count(ALERTS{alertstate="firing", alertname=~"Framegate.*"}) or vector(0)')],
        },
      ],
    },
    {
      title: 'The promise',
      panels: [
        {
          kind: 'lines',
          title: 'Latency as a multiple of the objective',
          about: 'Capture to detection of live frames. Above 1 is late. Points lead to traces.',
          unit: 'short',
          queries: quantiles('framegate_result_objective_ratio', atSite, []),
        },
        {
          kind: 'lines',
          title: 'Late frames by site',
          about: 'Over 5 minutes.',
          unit: 'percentunit',
          queries: [query(`site:framegate_slo_late:ratio_rate5m{${atSite}}`, '{{site}}')],
        },
      ],
    },
    {
      title: 'Flow',
      panels: [
        {
          kind: 'lines',
          title: 'Frames',
          about: 'From the cameras to results: what the gate lets through, and what is analysed.',
          unit: 'cps',
          queries: [
            query(`sum(rate(framegate_edge_frames_total{${atSite}}[$__rate_interval]))`, 'captured'),
            query(
              `sum(rate(framegate_edge_frames_total{${atSite}, fate="published"}[$__rate_interval]))`,
              'published',
            ),
            query(
              'sum(rate(framegate_frame_outcomes_total{outcome="analysed"}[$__rate_interval]))',
              'analysed',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Bytes to the cloud',
          about: 'JPEG that left the sites.',
          unit: 'Bps',
          queries: [
            query(
              `sum by (site) (rate(framegate_edge_sent_bytes_total{${atSite}}[$__rate_interval]))`,
              '{{site}}',
            ),
          ],
        },
        {
          kind: 'table',
          title: 'Firing alerts',
          about: 'What each means, and what to do, stands in its description.',
          unit: 'none',
          queries: [query('ALERTS{alertstate="firing", alertname=~"Framegate.*"}')],
        },
      ],
    },
  ],
};
