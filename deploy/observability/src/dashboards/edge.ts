import type { Dashboard } from './dashboard.ts';
import { atSite, quantiles, query } from './dashboard.ts';

export const edge: Dashboard = {
  uid: 'framegate-edge',
  title: 'Edge',
  description: 'Cameras, gate and uplink of the sites.',
  rows: [
    {
      title: 'Cameras',
      panels: [
        {
          kind: 'stacked',
          title: 'Cameras by state',
          about: 'As their site tells.',
          unit: 'none',
          queries: [query(`sum by (state) (framegate_cameras{${atSite}})`, '{{state}}')],
        },
        {
          kind: 'stacked',
          title: 'Frames by fate',
          about: 'Stopped: the gate saw no motion. Discarded frames say why.',
          unit: 'cps',
          queries: [
            query(
              `sum by (fate) (rate(framegate_edge_frames_total{${atSite}}[$__rate_interval]))`,
              '{{fate}}',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Stopped by the gate',
          about: 'Share of all frames that never left. Low by day: look at `framegate gate explain`.',
          unit: 'percentunit',
          queries: [
            query(
              `sum by (site) (rate(framegate_edge_frames_total{${atSite}, fate="stopped"}[$__rate_interval]))
                / sum by (site) (rate(framegate_edge_frames_total{${atSite}}[$__rate_interval]))`,
              '{{site}}',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Offline cameras',
          about: 'By name, of the first 500 of a process.',
          unit: 'none',
          queries: [query(`framegate_camera_online{${atSite}} == 0`, '{{camera}}')],
        },
      ],
    },
    {
      title: 'Stages',
      panels: [
        {
          kind: 'lines',
          title: 'Time of each stage, p95',
          about: 'Of frames that were sent. Publish runs until the broker has the frame.',
          unit: 's',
          queries: quantiles('framegate_edge_stage_seconds', atSite, ['stage'], [0.95]),
        },
        {
          kind: 'lines',
          title: 'Frames that a stage gave up',
          about: 'By reason.',
          unit: 'cps',
          queries: [
            query(
              `sum by (stage, reason) (rate(framegate_edge_stage_errors_total{${atSite}}[$__rate_interval]))`,
              '{{stage}}: {{reason}}',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Frames that stayed undecoded',
          about: 'Of cameras that are watched by their packets.',
          unit: 'cps',
          queries: [
            query(
              `sum by (site) (rate(framegate_edge_undecoded_frames_total{${atSite}}[$__rate_interval]))`,
              '{{site}}',
            ),
          ],
        },
      ],
    },
    {
      title: 'Uplink',
      panels: [
        {
          kind: 'lines',
          title: 'Bytes sent',
          about: 'JPEG handed to the bus.',
          unit: 'Bps',
          queries: [
            query(
              `sum by (site) (rate(framegate_edge_sent_bytes_total{${atSite}}[$__rate_interval]))`,
              '{{site}}',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Bytes on their way',
          about: 'Sent and not acknowledged yet. A queue that stands means a narrow uplink.',
          unit: 'bytes',
          queries: [query(`framegate_edge_queued_bytes{${atSite}}`, '{{site}}')],
        },
        {
          kind: 'lines',
          title: 'Round trip to the broker',
          about: 'Of the last report.',
          unit: 's',
          queries: [query(`framegate_edge_broker_round_trip_seconds{${atSite}}`, '{{site}}')],
        },
        {
          kind: 'lines',
          title: 'Size of a frame',
          about: 'Of the JPEG.',
          unit: 'bytes',
          queries: quantiles('framegate_edge_frame_bytes', atSite, ['site'], [0.5, 0.95]),
        },
      ],
    },
    {
      title: 'Spool',
      panels: [
        {
          kind: 'lines',
          title: 'Frames in the spool',
          about:
            'Frames that wait on the disk of the site while the bus is away, and leave at a bounded rate after.',
          unit: 'none',
          queries: [
            query(`sum by (site) (framegate_edge_ledger_frames{${atSite}, entry="spooled"})`, '{{site}}'),
          ],
        },
        {
          kind: 'lines',
          title: 'Age of the oldest in the spool',
          about: 'Since it was put there; what is older than the bound of the spool is discarded.',
          unit: 's',
          queries: [query(`framegate_edge_spool_oldest_age_seconds{${atSite}}`, '{{site}}')],
        },
        {
          kind: 'lines',
          title: 'Bytes in the spool',
          about: 'What its files take on the disk.',
          unit: 'bytes',
          queries: [query(`framegate_edge_spool_bytes{${atSite}}`, '{{site}}')],
        },
      ],
    },
    {
      title: 'Machine',
      panels: [
        {
          kind: 'lines',
          title: 'Busy cores',
          about: 'Share of the machine.',
          unit: 'percentunit',
          queries: [query(`framegate_edge_cpu_busy_ratio{${atSite}}`, '{{site}}')],
        },
        {
          kind: 'lines',
          title: 'Clock',
          about: 'How the clock of the site differs from the cloud, and how well that is known.',
          unit: 's',
          queries: [
            query(`framegate_site_clock_offset_seconds{${atSite}}`, '{{site}} offset'),
            query(`framegate_site_clock_error_seconds{${atSite}}`, '{{site}} error'),
          ],
        },
        {
          kind: 'lines',
          title: 'Without a controller',
          about: '1 while no controller is heard and the cameras stand on the safe rung of their site.',
          unit: 'none',
          queries: [query(`framegate_site_safe_rung{${atSite}}`, '{{site}}')],
        },
        {
          kind: 'lines',
          title: 'Event loop delay, p99',
          about: 'The main thread does no heavy work, so it should be a few ms.',
          unit: 's',
          queries: [query('nodejs_eventloop_lag_p99_seconds{job=~".*motion-detection"}', '{{instance}}')],
        },
        {
          kind: 'lines',
          title: 'Memory',
          about: 'Resident.',
          unit: 'bytes',
          queries: [query('process_resident_memory_bytes{job=~".*motion-detection"}', '{{instance}}')],
        },
      ],
    },
  ],
};
