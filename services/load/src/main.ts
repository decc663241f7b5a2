/**
 * Load by schedule: `pnpm load --cameras 200 --fps 10 --size 1280x720 --profile steady --bus kafka`
 *
 * An open loop: frames are due by a schedule that is fixed beforehand, and wait for no reply; a latency counts from when
 * its frame was due. Frames come from a pool of pictures that was encoded before.
 *
 *   --as edge|mjpeg|rtsp|inference|delay
 *        edge: frames into the bus, until the broker has them (default)
 *        mjpeg, rtsp: in place of the cameras (--host 127.0.0.1 --port 0); begins when all are read, or after
 *        --wait-seconds 30. Cameras send all the time; --motion says how long something moves in them
 *        inference: in place of the inference, with a service time (--service-ms 50)
 *        delay: into a line of a known delay (--delay-ms 25), which shows how exact this program is
 *   --cameras N  --fps R  --seconds S  --size WxH  --quality Q   --clip FILE (a video, else a synthetic scene)
 *   --profile steady|diurnal|burst|storm|FILE   FILE: recorded arrivals, lines of seconds,camera
 *   --spacing even|poisson   --motion SHARE (0..1 of the time)   --seed N
 *   --bus memory|kafka (KAFKA_BROKERS, else a broker of its own)   --site NAME   --partitions N   --processes N
 *   --patience-seconds 10   a frame that no broker acknowledged by then has failed, and counts in no latency
 *   --metrics-port N (0 takes a free one): /metrics for Prometheus   --json FILE   --html FILE
 *
 * Exit codes: 0 done; 1 frames failed, or the schedule was not kept; 2 a wrong option, a clip that can't be read, or no
 * broker.
 */
import { writeFile } from 'node:fs/promises';
import { renderPage } from '@framegate/report-page';
import { helpFromComment } from '@framegate/service-kit';
import { serveInference } from './inference-role.ts';
import type { LoadOptions } from './load-options.ts';
import { readLoadOptions } from './load-options.ts';
import { loadPage } from './load-page.ts';
import { loadReport, loadText } from './load-report.ts';
import { startMetricsView, terminalView } from './load-view.ts';
import { runLoad } from './run-load.ts';
import { showProgress } from './show-progress.ts';

async function run(options: LoadOptions): Promise<number> {
  const terminal = terminalView();
  const port = options['metrics-port'];
  const metrics = port === undefined ? undefined : await startMetricsView(options.host, port);
  if (metrics) terminal.tell(`metrics: ${metrics.url}`);
  try {
    const parts = await runLoad(options, {
      onProgress(progress) {
        terminal.onProgress(progress);
        metrics?.onProgress(progress);
      },
      tell: terminal.tell,
    });
    showProgress('');
    const report = loadReport(options, parts);
    process.stdout.write(`${loadText(report)}\n`);
    if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    if (options.html) await writeFile(options.html, renderPage(loadPage(report)));
    return report.failed > 0 || !report.isScheduleKept ? 1 : 0;
  } finally {
    await metrics?.close();
  }
}

helpFromComment();
const options = readLoadOptions(process.argv.slice(2));
if ('mistakes' in options) {
  process.stderr.write(`${options.mistakes.join('\n')}\n`);
  process.exit(2);
}
try {
  if (options.as === 'inference') await serveInference(options);
  else process.exitCode = await run(options);
} catch (error) {
  process.stderr.write(`load: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
