import { z } from 'zod';
import type { Environment } from '../config.ts';
import { ConfigError } from '../config.ts';

/** How traces are exported. */
export interface TraceConfig {
  /** Where the spans are sent: OTLP over HTTP. */
  readonly url: string;
  readonly protocol: (typeof protocols)[number];
  /** Share of traces that are recorded whatever happens, 0..1. */
  readonly rate: number;
}

const protocols = ['http/protobuf', 'http/json'] as const;
const samplers = ['always_on', 'always_off', 'traceidratio'] as const;
const usualRate = 0.01;

/** Field of a service's configuration; each service says it in its --help. */
export const traceRateField = z.coerce
  .number()
  .min(0)
  .max(1)
  .optional()
  .describe(
    'Share of frames whose trace is recorded, where OTEL_EXPORTER_OTLP_ENDPOINT takes them; late and failed frames always are. Without it OTEL_TRACES_SAMPLER, or 0.01',
  );

/**
 * How to trace by the standard variables of OpenTelemetry; undefined where they name no endpoint.
 * @throws ConfigError
 */
export function readTraceConfig(env: Environment): TraceConfig | undefined {
  const given = (name: string): string | undefined => env[name] || undefined;
  const base = given('OTEL_EXPORTER_OTLP_ENDPOINT');
  const url =
    given('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ??
    (base === undefined ? undefined : `${base.replace(/\/$/, '')}/v1/traces`);
  if (url === undefined || given('OTEL_SDK_DISABLED') === 'true') return undefined;
  if (given('OTEL_TRACES_EXPORTER') === 'none') return undefined;
  const mistakes: string[] = [];
  const refuse = (mistake: string): void => void mistakes.push(mistake);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    refuse(`OTEL_EXPORTER_OTLP_ENDPOINT: expected http://host:4318 or https://…; unset it for no traces`);
  const protocol = protocolOf(
    given('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? given('OTEL_EXPORTER_OTLP_PROTOCOL'),
    refuse,
  );
  const rate = samplerRate(given('OTEL_TRACES_SAMPLER'), given('OTEL_TRACES_SAMPLER_ARG'), refuse);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return { url, protocol, rate };
}

type Refuse = (mistake: string) => void;

function protocolOf(given: string | undefined, refuse: Refuse): TraceConfig['protocol'] {
  const found = protocols.find((protocol) => protocol === (given ?? protocols[0]));
  if (!found)
    refuse(
      `OTEL_EXPORTER_OTLP_PROTOCOL=${given}: expected ${protocols.join(' or ')}; a collector takes both on port 4318`,
    );
  return found ?? protocols[0];
}

/** Whether a parent was sampled is always asked first, so the `parentbased_` samplers are the same ones. */
function samplerRate(given: string | undefined, argument: string | undefined, refuse: Refuse): number {
  if (given === undefined) return usualRate;
  const sampler = samplers.find((known) => known === given.replace(/^parentbased_/, ''));
  if (sampler === 'always_on') return 1;
  if (sampler === 'always_off') return 0;
  const rate = Number(argument ?? '1');
  if (!sampler) refuse(`OTEL_TRACES_SAMPLER=${given}: expected one of ${samplers.join(', ')}`);
  else if (!(rate >= 0 && rate <= 1))
    refuse(`OTEL_TRACES_SAMPLER_ARG=${argument}: expected a share from 0 to 1`);
  return rate;
}
