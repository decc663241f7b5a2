import type { Tracing } from '@framegate/service-kit';
import { createLogger, openTracing, readTraceConfig } from '@framegate/service-kit';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ReceivedSpan } from './otlp-receiver-fixture.ts';
import { startOtlpReceiver } from './otlp-receiver-fixture.ts';
import type { WatchedRun } from './watched-run-fixture.ts';
import { shapeOf, tracesOf, wholeTrace } from './trace-shape-fixture.ts';
import { startWatchedRun } from './watched-run-fixture.ts';

const failedFrame = z.object({
  level: z.literal('warn'),
  msg: z.literal('a frame was not analysed: INFERENCE_FAILED'),
  cameraId: z.string(),
  trace_id: z.string(),
});

describe('traces of three services that run', () => {
  let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
  let tracing: Tracing | undefined;
  let run: WatchedRun;
  let log: unknown[];

  beforeEach(async () => {
    receiver = await startOtlpReceiver();
    log = [];
  });
  afterEach(async () => {
    await run.close();
    await tracing?.close();
    await receiver.close();
  });

  async function start(rate: number): Promise<void> {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
    const logger = createLogger({ name: 'test', level: 'silent' });
    tracing = await openTracing(readTraceConfig(env), { rate, instance: 'test', logger });
    run = await startWatchedRun({ tracing, onLogLine: (line) => void log.push(JSON.parse(line)) });
  }

  const traces = (): ReceivedSpan[][] => tracesOf(receiver.spans);

  it('lead each frame from its capture through every stage and service, and the latencies name them', async () => {
    await start(1);
    const trace = await eventually(() => traces().find((spans) => spans.length >= wholeTrace.length), {
      timeoutMs: 40_000,
    });
    expect(shapeOf(trace)).toEqual(wholeTrace);
    const inference = run.services.find(({ name }) => name === 'inference');
    const named = await eventually(async () => {
      const text = await (await fetch(`${inference?.url}/metrics`)).text();
      return /result_objective_ratio_bucket.*# \{trace_id="(\w{32})"\}/.exec(text)?.[1];
    });
    await eventually(() => receiver.spans.some(({ traceId }) => traceId === named));
  });

  it('at rate 0 are of late and failed frames only, and whole', async () => {
    await start(0);
    const inference = run.services.find(({ name }) => name === 'inference');
    const analysed = /outcomes_total\{.*kind="live",outcome="analysed"\} [1-9]/;
    await eventually(async () => analysed.test(await (await fetch(`${inference?.url}/metrics`)).text()));
    run.slowDown(2500);
    const isEnd = ({ name }: ReceivedSpan): boolean => name === 'infer';
    const trace = await eventually(
      () => traces().find((spans) => spans.some(isEnd) && spans.length >= wholeTrace.length),
      { timeoutMs: 40_000 },
    );
    expect(shapeOf(trace)).toEqual(wholeTrace);
    for (const spans of traces()) {
      const end = spans.find(({ kind, service }) => kind === 5 && service === 'inference');
      const isLate = end?.attributes.some(
        ({ key, value }) => key === 'framegate.late' && value['boolValue'] === true,
      );
      expect(isLate === true || end?.status.code === 2, JSON.stringify(end)).toBe(true);
    }
  });

  it('are found by the line of the log that tells of a failed frame', async () => {
    await start(0);
    run.breakDown();
    const line = await eventually(() => log.map((one) => failedFrame.safeParse(one).data).find(Boolean), {
      timeoutMs: 40_000,
    });
    const trace = await eventually(() => traces().find(([span]) => span?.traceId === line.trace_id));
    const end = trace.find(({ kind }) => kind === 5);
    expect(end?.status).toMatchObject({ code: 2, message: 'INFERENCE_FAILED' });
    expect(end?.attributes).toContainEqual({
      key: 'framegate.camera',
      value: { stringValue: line.cameraId },
    });
  });
});
