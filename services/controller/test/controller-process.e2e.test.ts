import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestBroker } from '@framegate/kafka-local';
import { startTestBroker, whyNoTestBroker } from '@framegate/kafka-local';
import { eventually, need } from '@framegate/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');
const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');
const patience = { timeoutMs: 90_000, everyMs: 200 };
const statusSchema = z.object({ slos: z.array(z.object({ objective: z.number() })).default([]) });

describe.skipIf(!hasBroker)('the controller by itself, with a file of objectives', () => {
  let folder: string;
  let broker: TestBroker;
  let child: ReturnType<typeof launch>;
  let url: string;

  const file = (): string => join(folder, 'slo.yaml');
  const promise = (objective: number | string): void =>
    writeFileSync(
      file(),
      `schema: framegate.slo/1\nslos:\n  - { name: latency, sli: latency, objective: ${objective} }\n`,
    );
  const launch = () => {
    const started = spawn(process.execPath, [main, `--slo-file=${file()}`], {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        KAFKA_BROKERS: broker.brokers.join(','),
        FRAMEGATE_HTTP_PORT: '0',
      },
    });
    let output = '';
    started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { process: started, output: () => output };
  };
  const objectives = async (): Promise<number[]> => {
    const status: unknown = await (await fetch(`${url}/v1/status`)).json();
    return statusSchema.parse(status).slos.map(({ objective }) => objective);
  };
  const isPromised = (objective: number) =>
    eventually(async () => (await objectives()).join() === String(objective), patience);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'framegate-controller-'));
    promise(500);
    broker = await startTestBroker();
    child = launch();
    url = await eventually(
      () => /"url":"([^"]+)","msg":"health and metrics are served"/.exec(child.output())?.[1],
      patience,
    );
    await isPromised(500).catch((error: unknown) => {
      throw new Error(child.output(), { cause: error });
    });
  }, 120_000);
  afterAll(async () => {
    child?.process.kill('SIGKILL');
    await broker?.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps what it declares anew as soon as it is told to read it, and what held while it has mistakes', async () => {
    // The file is as it was: nothing but the signal tells it to read.
    child.process.kill('SIGHUP');
    await eventually(() => child.output().includes('the declaration was read again'), patience);
    promise(250);
    child.process.kill('SIGHUP');
    await isPromised(250);
    promise('soon');
    child.process.kill('SIGHUP');
    await eventually(() => child.output().includes('what held before holds on'), patience);
    // Where the mistake is, what it is, and that it is no end.
    expect(child.output()).toMatch(/slo\.yaml:3:\d+[^\n]*objective/);
    expect(await objectives()).toEqual([250]);
    promise(300);
    child.process.kill('SIGHUP');
    await isPromised(300);
    child.process.kill('SIGTERM');
    expect(await once(child.process, 'exit')).toEqual([0, null]);
  });
});
