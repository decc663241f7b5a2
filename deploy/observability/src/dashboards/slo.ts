import type { Dashboard } from './dashboard.ts';
import { atSite, query } from './dashboard.ts';

const stageMean = (side: 'edge' | 'inference', selector: string): string =>
  `sum by (stage) (rate(framegate_${side}_stage_seconds_sum${selector}[$__rate_interval]))
    / sum by (stage) (rate(framegate_${side}_stage_seconds_count${selector}[$__rate_interval]))`;

export const sloAndDecisions: Dashboard = {
  uid: 'framegate-slo',
  title: 'SLO and decisions',
  description: 'How the objectives stand, where the time goes, what is moved and why.',
  rows: [
    {
      title: 'Objectives',
      panels: [
        {
          kind: 'lines',
          title: 'Burn rate',
          about:
            'How fast each error budget is used up, over the window of the objective and over a twelfth of it.',
          unit: 'short',
          queries: [query('max by (slo, window) (framegate_slo_burn_rate)', '{{slo}} {{window}}')],
        },
        {
          kind: 'lines',
          title: 'Late frames over the windows of the alerts',
          about: 'Of all chosen sites; the alerts look at each by itself.',
          unit: 'percentunit',
          queries: ['5m', '30m', '1h', '6h'].map((window) =>
            query(`max(site:framegate_slo_late:ratio_rate${window}{${atSite}})`, window),
          ),
        },
        {
          kind: 'lines',
          title: 'Value of each objective',
          about:
            'What the target share of the samples reached, beside what was promised, each in its own unit.',
          unit: 'short',
          queries: [
            query('max by (slo) (framegate_slo_value)', '{{slo}}'),
            query('max by (slo) (framegate_slo_objective)', '{{slo}} promised'),
          ],
        },
      ],
    },
    {
      title: 'State',
      panels: [
        {
          kind: 'lines',
          title: 'Objectives in danger or violated',
          about: '1 while it is.',
          unit: 'none',
          queries: [query('max by (slo, state) (framegate_slo_state{state!="kept"})', '{{slo}} {{state}}')],
        },
        {
          kind: 'lines',
          title: 'Budget that is left to be late',
          about: 'Share of live frames that may be late, of the strictest latency objective.',
          unit: 'percentunit',
          queries: [
            query('framegate:slo_latency:budget_ratio', 'budget'),
            query('max by (slo) (1 - framegate_slo_target_ratio)', '{{slo}}'),
          ],
        },
      ],
    },
    {
      title: 'Where the time goes',
      panels: [
        {
          kind: 'stacked',
          title: 'Mean time of each stage',
          about:
            'Work and waits from decoding at the edge until the bus has the result. The stage that grows is to blame.',
          unit: 's',
          queries: [
            query(stageMean('edge', `{${atSite}}`), '{{stage}}'),
            query(stageMean('inference', ''), '{{stage}}'),
          ],
        },
        {
          kind: 'heatmap',
          title: 'Latency as a multiple of the objective',
          about: 'How many live results fell where; above 1 is late.',
          unit: 'short',
          queries: [
            query(
              `sum by (le) (increase(framegate_result_objective_ratio_bucket{${atSite}}[$__rate_interval]))`,
              '{{le}}',
            ),
          ],
        },
      ],
    },
    {
      title: 'Decisions',
      panels: [
        {
          kind: 'lines',
          title: 'Decisions by cause and lever',
          about: 'In 5 minutes. `/v1/decisions` and the topic framegate.decisions have the sentences.',
          unit: 'none',
          queries: [
            query(
              'sum by (cause, lever) (increase(framegate_controller_decisions_total[5m]))',
              '{{cause}}: {{lever}}',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Settings of the cameras',
          about: 'Mean over the cameras, as a share of the highest now; what falls was moved.',
          unit: 'percentunit',
          queries: [
            query(
              'avg by (lever) (framegate_camera_setting) / max by (lever) (max_over_time(framegate_camera_setting[30m]))',
              '{{lever}}',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Cameras by model',
          about: 'Which model looks at how many cameras.',
          unit: 'none',
          queries: [query('count by (model) (framegate_camera_model_info == 1)', '{{model}}')],
        },
        {
          kind: 'lines',
          title: 'Capacity of the inference',
          about: 'What the controller told each instance; nothing before it changed something.',
          unit: 'none',
          queries: [query('max by (model, lever) (framegate_inference_setting)', '{{model}} {{lever}}')],
        },
      ],
    },
    {
      title: 'The controller itself',
      panels: [
        {
          kind: 'lines',
          title: 'Configurations published',
          about: 'A second.',
          unit: 'cps',
          queries: [query('sum(rate(framegate_camera_configs_total[$__rate_interval]))', 'configurations')],
        },
        {
          kind: 'lines',
          title: 'Time of a step',
          about: 'It has a second for each.',
          unit: 's',
          queries: [
            query(
              'histogram_quantile(0.95, sum by (le) (rate(framegate_controller_step_seconds_bucket[$__rate_interval])))',
              'p95',
            ),
          ],
        },
        {
          kind: 'lines',
          title: 'Leader',
          about: 'Which instance leads, and steps whose decisions were not told.',
          unit: 'none',
          queries: [
            query('framegate_controller_leading', '{{instance}} leads'),
            query(
              'sum by (instance) (rate(framegate_controller_step_failures_total[$__rate_interval]))',
              '{{instance}} fails',
            ),
          ],
        },
      ],
    },
  ],
};
