import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@framegate/test-kit';
import { z } from 'zod';
import { freePort } from './free-port-fixture.ts';

const resultSchema = z.object({
  status: z.literal('success'),
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()) })) }),
});
const alertsSchema = z.object({
  data: z.object({
    alerts: z.array(z.object({ labels: z.record(z.string(), z.string()), state: z.string() })),
  }),
});
const exemplarsSchema = z.object({
  data: z.array(z.object({ exemplars: z.array(z.object({ labels: z.object({ trace_id: z.string() }) })) })),
});

export interface TestPrometheus {
  /** @throws with what Prometheus says when the query is wrong */
  query(expr: string): Promise<readonly Record<string, string>[]>;
  firing(): Promise<readonly Record<string, string>[]>;
  traceIds(expr: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** A real Prometheus that scrapes twice a second. @param rules texts of rule files */
export async function startPrometheus(
  targets: readonly { readonly name: string; readonly url: string }[],
  rules: readonly string[],
): Promise<TestPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'framegate-prometheus-'));
  for (const [index, text] of rules.entries()) writeFileSync(join(folder, `rules-${index}.yml`), text);
  const config = {
    global: { scrape_interval: '500ms', scrape_timeout: '500ms', evaluation_interval: '500ms' },
    rule_files: ['rules-*.yml'],
    scrape_configs: targets.map(({ name, url }) => ({
      job_name: name,
      scrape_timeout: '500ms',
      static_configs: [{ targets: [new URL(url).host] }],
    })),
  };
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, JSON.stringify(config));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output: string[] = [];
  const server = spawn('prometheus', [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--enable-feature=exemplar-storage',
  ]);
  server.stderr.on('data', (chunk: Buffer) => void output.push(chunk.toString()));
  await eventually(async () => (await fetch(`${url}/-/ready`)).ok).catch((error: unknown) => {
    throw new Error(output.join(''), { cause: error });
  });
  const ask = async (path: string, query: Record<string, string> = {}): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(query).toString()}`);
    if (!response.ok) throw new Error(`${query['query']}: ${await response.text()}`);
    return response.json();
  };
  return {
    async query(expr) {
      const { data } = resultSchema.parse(await ask('query', { query: expr }));
      return data.result.map(({ metric }) => metric);
    },
    async firing() {
      const { data } = alertsSchema.parse(await ask('alerts'));
      return data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels);
    },
    async traceIds(expr) {
      const seconds = Date.now() / 1000;
      const asked = { query: expr, start: String(seconds - 600), end: String(seconds + 1) };
      const { data } = exemplarsSchema.parse(await ask('query_exemplars', asked));
      return data.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id));
    },
    async stop() {
      server.kill();
      await once(server, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

/** Prometheus does not tell which port it took, so it can not be left to it. */
