/**
 * One page of what the benches found: `pnpm bench report [--results FOLDER] [--html FILE] [--markdown FILE] [--svg FOLDER]`
 *
 * Reads the reports that `pnpm bench all` left in FOLDER (bench/results) and writes docs/benchmarks.html (nothing is
 * fetched from elsewhere; dark and light), docs/benchmarks.md and, with --svg, each plot as FOLDER/NAME.svg.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderPage, renderPlot } from '@framegate/report-page';
import { benchOptions } from './bench-options.ts';
import { benchMarkdown } from './suite/bench-markdown.ts';
import { benchPage } from './suite/bench-page.ts';
import { loadReports } from './suite/report-files.ts';
import { resultsFolder, suite } from './suite/suite.ts';

const docs = join(import.meta.dirname, '../../docs');
const flags = benchOptions({
  results: { type: 'string', default: resultsFolder },
  html: { type: 'string', default: join(docs, 'benchmarks.html') },
  markdown: { type: 'string', default: join(docs, 'benchmarks.md') },
  svg: { type: 'string' },
});

try {
  const order = [...suite.keys()];
  const reports = (await loadReports(flags.results)).toSorted(
    (a, b) => order.indexOf(a.bench) - order.indexOf(b.bench),
  );
  if (reports.length === 0)
    throw new RangeError(`${flags.results} has no reports: run \`pnpm bench all\` first.`);
  await writeFile(flags.html, renderPage(benchPage(reports)));
  await writeFile(flags.markdown, `${benchMarkdown(reports)}\n`);
  if (flags.svg !== undefined) {
    await mkdir(flags.svg, { recursive: true });
    for (const { bench, plot } of reports)
      if (plot)
        await writeFile(
          join(flags.svg, `${bench}.svg`),
          renderPlot(plot, { width: 720, height: 320, theme: 'light' }),
        );
  }
  process.stdout.write(`${flags.html}\n${flags.markdown}\n`);
} catch (error) {
  process.stderr.write(`bench report: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
