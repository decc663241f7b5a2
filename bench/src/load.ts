/**
 * Load by schedule: `pnpm load --cameras 200 --fps 10 --size 1280x720 --profile steady --bus kafka`
 *
 * An open loop: frames are due by a schedule that is fixed beforehand, and wait for no reply; a latency counts from when
 * its frame was due. Frames come from a pool of pictures that was encoded before.
 *
 *   --as edge|inference|delay  edge: frames into the bus, until the broker has them (default). inference: in place of the
 *                              inference, with a service time (--service-ms). delay: into a line of a known delay
 *                              (--delay-ms), which shows how exact this program is
 *   --cameras N  --fps R  --seconds S  --size WxH  --quality Q
 *   --profile steady|diurnal|burst|storm|FILE   FILE: recorded arrivals, lines of seconds,camera
 *   --spacing even|poisson   --motion SHARE (0..1 of the time)   --seed N
 *   --bus memory|kafka (KAFKA_BROKERS, else a broker of its own)   --site NAME   --partitions N   --processes N
 *   --json FILE   --html FILE
 *
 * Exit codes: 0 done; 1 frames failed or the schedule was not kept; 2 a wrong option.
 */
import { writeFile } from 'node:fs/promises';
import { renderPage } from '@framegate/report-page';
import { benchHelp } from './bench-options.ts';
import { serveInference } from './load/inference-role.ts';
import { loadPage } from './load/load-page.ts';
import { loadReport, loadText } from './load/load-report.ts';
import { readLoadOptions } from './load/load-options.ts';
import { runLoad } from './load/run-load.ts';

benchHelp();
const options = readLoadOptions(process.argv.slice(2));
if ('mistakes' in options) {
  process.stderr.write(`${options.mistakes.join('\n')}\n`);
  process.exit(2);
}
if (options.as === 'inference') await serveInference(options);
else {
  const report = loadReport(options, await runLoad(options));
  process.stdout.write(`${loadText(report)}\n`);
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.html) await writeFile(options.html, renderPage(loadPage(report)));
  process.exitCode = report.failed > 0 || !report.isScheduleKept ? 1 : 0;
}
