import type { AnalysedRecording } from '@framegate/analysis';
import {
  analyseRecordings,
  analysisLedger,
  annotateRecording,
  resultFormats,
  writeWholeFile,
} from '@framegate/analysis';
import type { Detector } from '@framegate/object-detector';
import { createDetector, ModelError } from '@framegate/object-detector';
import { ConfigError } from '@framegate/service-kit';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { reportDownload } from '../terminal/report-download.ts';
import { stoppable } from '../terminal/stop-signal.ts';
import type { AnalyzeFlags } from './command.ts';
import type { AnalysisPlan } from './plan.ts';
import { planAnalysis } from './plan.ts';
import { summaryLines, warningLines } from './summary.ts';

const interrupted = 'stopped; what was not complete is not written';

/** Its exit code: 0, or 1 when something could not be read or analysed. @throws ConfigError for bad input */
export async function runAnalyze(
  inputs: readonly string[],
  flags: AnalyzeFlags,
  stderr: NodeJS.WriteStream,
): Promise<number> {
  return stoppable(interrupted, async (signal) => {
    const plan = await planAnalysis(inputs, flags, signal, reportDownload(stderr));
    try {
      if (plan.note) stderr.write(`${plan.note}\n`);
      return await new Analysis(plan, flags, stderr, signal).run();
    } finally {
      await plan.workFolder.remove();
    }
  });
}

class Analysis {
  readonly #plan: AnalysisPlan;
  readonly #flags: AnalyzeFlags;
  readonly #stderr: NodeJS.WriteStream;
  readonly #signal: AbortSignal;

  constructor(plan: AnalysisPlan, flags: AnalyzeFlags, stderr: NodeJS.WriteStream, signal: AbortSignal) {
    this.#plan = plan;
    this.#flags = flags;
    this.#stderr = stderr;
    this.#signal = signal;
  }

  async run(): Promise<number> {
    const { recordings, model } = this.#plan;
    const { out, format, quiet } = this.#flags;
    const detector = await this.#openDetector();
    const startedMs = performance.now();
    let analysed: AnalysedRecording[];
    try {
      analysed = await this.#analyse(detector);
    } finally {
      await detector.close();
    }
    const seconds = (performance.now() - startedMs) / 1000;
    const ledger = analysisLedger(analysed);
    const logs = analysed.map(({ log }) => log);
    await writeWholeFile(out, resultFormats[format]({ logs, model, ledger }));
    const warnings = warningLines(recordings, analysed, ledger);
    for (const line of warnings) this.#stderr.write(`${line}\n`);
    await this.#annotate(analysed);
    if (!quiet)
      for (const line of summaryLines(analysed, ledger, { seconds, out, annotated: this.#plan.annotated }))
        this.#stderr.write(`${line}\n`);
    return warnings.length === 0 ? 0 : 1;
  }

  async #openDetector(): Promise<Detector> {
    const { threads, minScore } = this.#flags;
    const options = { model: this.#plan.model, workers: threads, threadsPerWorker: 1, minScore, maxBatch: 1 };
    return createDetector(options).catch((error: unknown) => {
      throw error instanceof ModelError ? new ConfigError([error.message]) : error;
    });
  }

  async #analyse(detector: Detector): Promise<AnalysedRecording[]> {
    const { recordings, workFolder } = this.#plan;
    const { threads, classes, minScore, everyFrame } = this.#flags;
    const bar = this.#bar('analyze');
    const total = this.#totalFrames();
    let done = 0;
    return analyseRecordings(recordings, workFolder.path, {
      detector,
      threads,
      classes,
      minScore,
      gated: !everyFrame,
      signal: this.#signal,
      onDecoded: (frames) => bar.update((done += frames), total),
    }).finally(() => bar.end());
  }

  async #annotate(analysed: readonly AnalysedRecording[]): Promise<void> {
    const { recordings, annotated } = this.#plan;
    const bar = this.#bar('annotate');
    const total = this.#totalFrames();
    let done = 0;
    const onFrame = (): void => bar.update((done += 1), total);
    try {
      for (const [index, path] of annotated.entries()) {
        const [recording, log] = [recordings[index], analysed[index]?.log];
        if (recording && log)
          await annotateRecording(recording, log, path, { signal: this.#signal, onFrame });
      }
    } finally {
      bar.end();
    }
  }

  #bar(label: string) {
    const stream = this.#flags.quiet ? { isTTY: false, columns: 0, write: () => true } : this.#stderr;
    return createProgressBar(stream, { label, unit: 'frames' });
  }

  /** Null where a file doesn't say how long it is. */
  #totalFrames(): number | null {
    let total = 0;
    for (const { info } of this.#plan.recordings) {
      const { frameCount, durationSeconds, framesPerSecond } = info;
      const frames = frameCount ?? (durationSeconds ?? Number.NaN) * (framesPerSecond ?? Number.NaN);
      total += Math.round(frames);
    }
    return Number.isFinite(total) ? total : null;
  }
}
