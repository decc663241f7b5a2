import type { DescribedMetric } from './described-metrics.ts';

/** A service, and what it exports. */
export interface DescribedService {
  readonly name: string;
  readonly metrics: readonly DescribedMetric[];
}

/** The text of docs/metrics.md. What every service exports is described once. */
export function metricsPage(services: readonly DescribedService[]): string {
  const [first, ...others] = services;
  const everywhere = new Set(
    (first?.metrics ?? [])
      .map(({ name }) => name)
      .filter((name) => others.every(({ metrics }) => metrics.some((metric) => metric.name === name))),
  );
  const shared = (first?.metrics ?? []).filter(({ name }) => everywhere.has(name));
  const sections = services.map(({ name, metrics }) =>
    section(
      `services/${name}`,
      metrics.filter((metric) => !everywhere.has(metric.name)),
    ),
  );
  return [head, ...sections, section('Every service', shared)].join('\n\n');
}

const head = `# Metrics

<!-- Written by deploy/observability/scripts/generate.ts from what the services really export; a test compares the two. -->

Each service answers \`GET /metrics\` in the OpenMetrics format, which Prometheus reads. Ports: motion-detection 9101, inference 9102, controller 9103, console 9104, on 127.0.0.1 unless \`FRAMEGATE_HTTP_HOST\` says otherwise.

- **Units** are base units: seconds, bytes, ratios from 0 to 1.
- **Labels have few values.** \`camera\` and \`site\` keep the names of the first 500 of a process; all later ones are counted together as \`other\`. States and settings, which can't be added up, are left out for those; \`framegate_cameras\` and \`framegate_observed_cameras\` count all of them. No frame number, address or error text is ever a label.
- **Buckets of latencies** stand at fractions of the objective. \`framegate_result_objective_ratio\` is measured in objectives of each camera, so its bucket \`le="1"\` is exactly what was on time, whatever the objective is.
- **Exemplars**: where [traces](tracing.md) are recorded, the buckets of both latencies name the trace of a frame that fell into them. Prometheus keeps them with \`--enable-feature=exemplar-storage\`.
- **The ledger** is exported as it stands: \`framegate_edge_ledger_frames\` by camera since its start, \`framegate_cloud_ledger_messages\` by instance. In every scrape \`captured\` is the sum of all other entries, \`delivered\` that of \`duplicates\`, \`quarantined\` and \`received\`, and \`received\` that of the rest. The rules in [deploy/observability](../deploy/observability/prometheus/rules) alert when it is not.`;

function section(title: string, metrics: readonly DescribedMetric[]): string {
  const rows = metrics.map(({ name, type, labels, help }) => {
    const columns = [`\`${name}\``, type, labels.map((label) => `\`${label}\``).join(' '), help];
    return `| ${columns.map((column) => column.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [`## ${title}`, '', '| metric | type | labels | meaning |', '| - | - | - | - |', ...rows].join('\n');
}
