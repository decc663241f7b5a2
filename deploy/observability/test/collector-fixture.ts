import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, has, need, needFullRun } from '@framegate/test-kit';
import { freePort } from './free-port-fixture.ts';

const program = process.env['FRAMEGATE_OTELCOL'] ?? 'otelcol';
const config = join(import.meta.dirname, '../collector/config.yaml');

/** No package registry has one and building it takes minutes: the usual run takes one that is there. */
export function needCollector(): boolean {
  const isPresent = has.command(program, 'components');
  if (!isPresent && !needFullRun('traces through a real OpenTelemetry collector')) return false;
  return need(
    'an OpenTelemetry collector',
    () => isPresent,
    'put otelcol on the path or name it by FRAMEGATE_OTELCOL; docs/tracing.md says how one is built',
  );
}

/** A real collector with the configuration of this folder, at ports of its own. @param backend in Jaeger's place */
export async function startCollector(backend: string) {
  const folder = mkdtempSync(join(tmpdir(), 'framegate-collector-'));
  const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()];
  const host = '127.0.0.1';
  const here = {
    receivers: {
      otlp: { protocols: { http: { endpoint: `${host}:${http}` }, grpc: { endpoint: `${host}:${grpc}` } } },
    },
    exporters: { 'otlphttp/jaeger': { endpoint: backend, encoding: 'json', compression: 'none' } },
    service: {
      telemetry: {
        metrics: { readers: [{ pull: { exporter: { prometheus: { host, port: metrics } } } }] },
      },
    },
  };
  const file = join(folder, 'here.yaml');
  writeFileSync(file, JSON.stringify(here));
  const output: string[] = [];
  const collector = spawn(program, ['--config', config, '--config', file]);
  collector.stderr.on('data', (chunk: Buffer) => void output.push(chunk.toString()));
  const ended = once(collector, 'close');
  const isReady = (): boolean => output.join('').includes('Everything is ready');
  await eventually(isReady, { timeoutMs: 30_000 }).catch((error: unknown) => {
    throw new Error(output.join(''), { cause: error });
  });
  return {
    endpoint: `http://${host}:${http}`,
    async stop(): Promise<void> {
      collector.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
