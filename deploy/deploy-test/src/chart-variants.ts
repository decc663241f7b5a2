/** A chart with values. */
export interface ChartVariant {
  readonly name: string;
  readonly chart: 'edge' | 'cloud';
  /** Arguments of `helm template`. */
  readonly values: readonly string[];
}

const set = (values: string): string[] => ['--set', values];

export const edgeValues = [
  ...set('site.name=north'),
  '--set-string',
  'site.file=site: north',
  ...set('kafka.brokers={kafka:9094}'),
];
export const securedValues = [
  ...set('kafka.tls.enabled=true'),
  ...set('kafka.trial.advertisedHost=203.0.113.7'),
];
const external = [
  ...set('kafka.mode=external'),
  ...set('kafka.brokers={a:9093,b:9093}'),
  ...set('redis.mode=external'),
];
/** Two consoles that are one for people. */
export const consoles = set(
  'console.replicas=2,console.tokensSecret=people,console.historySecret=history,console.sessionKeySecret=session',
);
const watched = ['serviceMonitor', 'prometheusRules', 'dashboards'].flatMap((each) =>
  set(`metrics.${each}.enabled=true`),
);

/** Values that together reach every template. */
export const chartVariants: readonly ChartVariant[] = [
  { name: 'a site', chart: 'edge', values: edgeValues },
  {
    name: 'a site that signs in and is watched',
    chart: 'edge',
    values: [
      ...edgeValues,
      ...set('kafka.sasl.username=north'),
      ...set('metrics.serviceMonitor.enabled=true'),
    ],
  },
  { name: 'a trial', chart: 'cloud', values: set('sites={north}') },
  { name: 'a secured trial', chart: 'cloud', values: securedValues },
  {
    name: 'a trial with a certificate by cert-manager',
    chart: 'cloud',
    values: [...securedValues, ...set('kafka.trial.certManagerIssuer=ca')],
  },
  {
    name: 'brokers of others, all observed',
    chart: 'cloud',
    values: [
      ...external,
      ...watched,
      ...set('kafka.sasl.username=cloud'),
      ...set('kafka.tls.enabled=true'),
      ...set('tracing.endpoint=http://collector:4318'),
      ...consoles,
    ],
  },
  ...['controller', 'keda', 'hpa'].map((owner) => ({
    name: `scaled by ${owner}`,
    chart: 'cloud' as const,
    values: set(`scaling.owner=${owner}`),
  })),
];
