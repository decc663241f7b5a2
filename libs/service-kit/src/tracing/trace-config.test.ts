import { describe, expect, it } from 'vitest';
import { ConfigError } from '../config.ts';
import { isSampled } from './open-tracing.ts';
import { readTraceConfig } from './trace-config.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readTraceConfig({ ...endpoint, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('how to trace', () => {
  it('is not at all without an endpoint, or when the SDK or its traces are switched off', () => {
    expect(readTraceConfig({ OTEL_TRACES_SAMPLER: 'always_on' })).toBeUndefined();
    expect(readTraceConfig({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
    expect(readTraceConfig({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
  });

  it('follows the endpoint, by the path of traces unless it is theirs alone', () => {
    expect(readTraceConfig(endpoint)).toEqual({
      url: 'http://collector:4318/v1/traces',
      protocol: 'http/protobuf',
      rate: 0.01,
    });
    const own = { ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://other/in' };
    expect(readTraceConfig(own)?.url).toBe('https://other/in');
  });

  it.each([
    ['always_on', '', 1],
    ['parentbased_always_off', '', 0],
    ['traceidratio', '0.25', 0.25],
    ['parentbased_traceidratio', '0.5', 0.5],
    ['traceidratio', '', 1],
  ])('takes the sampler %s with "%s" for the share %d', (sampler, argument, rate) => {
    const env = { ...endpoint, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument };
    expect(readTraceConfig(env)?.rate).toBe(rate);
  });

  it('reports all mistakes at once and shows no credentials', () => {
    const mistakes = mistakesOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://user:hunter2@collector',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_TRACES_SAMPLER: 'jaeger_remote',
    });
    expect(mistakes).toEqual([
      expect.stringContaining('OTEL_EXPORTER_OTLP_ENDPOINT: expected http://host:4318'),
      expect.stringContaining('OTEL_EXPORTER_OTLP_PROTOCOL=grpc: expected http/protobuf or http/json'),
      expect.stringContaining('OTEL_TRACES_SAMPLER=jaeger_remote: expected one of always_on'),
    ]);
    expect(mistakes.join()).not.toContain('hunter2');
    expect(mistakesOf({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' })).toEqual([
      'OTEL_TRACES_SAMPLER_ARG=2: expected a share from 0 to 1',
    ]);
  });
});

describe('a share of the traces', () => {
  it('is all, none, or what is asked for, and the same ones for everybody', () => {
    const ids = Array.from({ length: 4096 }, (_, i) =>
      (i * 2 ** 40).toString(16).padStart(13, '0').padStart(32, 'a'),
    );
    expect(ids.filter((id) => isSampled(id, 1))).toHaveLength(4096);
    expect(ids.filter((id) => isSampled(id, 0))).toHaveLength(0);
    expect(ids.filter((id) => isSampled(id, 0.25))).toHaveLength(1024);
  });
});
