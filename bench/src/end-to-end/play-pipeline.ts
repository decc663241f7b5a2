import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '@framegate/service-kit';
import { showProgress } from '@framegate/service-load/show-progress';
import { clipFolder, drawClip } from '../camera-clip.ts';
import type { PipelineRun, PipelineTask } from './pipeline-run.ts';
import { pipelineRunSchema } from './pipeline-run.ts';

const run = promisify(execFile);

/**
 * Clips of 10 s, 1280x720, 10 frames/s: shorter than a run, so that each run has all of it.
 * @param motion share of the frames with a walker
 * @param phases where each begins, as a share of its length
 */
export async function walkerClips(motion: number, phases: readonly number[]): Promise<string[]> {
  const clips: string[] = [];
  for (const [index, phase] of phases.entries()) {
    const { paths } = await drawClip(
      clipFolder,
      { scene: 'quiet', seed: 1, seconds: 10, width: 1280, height: 720, framesPerSecond: 10, motion, phase },
      (share) => showProgress(`drawing clip ${index + 1} of ${phases.length}: ${Math.round(100 * share)} %`),
    );
    clips.push(paths.quality);
  }
  return clips;
}

/**
 * Runs the whole pipeline by itself in a process.
 * @throws ConfigError when too little was played for anything to move
 */
export async function playPipeline(task: PipelineTask): Promise<PipelineRun> {
  const program = join(import.meta.dirname, 'pipeline-process.ts');
  const { stdout } = await run(process.execPath, [program, JSON.stringify(task)], { maxBuffer: 2 ** 26 });
  const report = pipelineRunSchema.parse(JSON.parse(stdout));
  const what = `${task.cameras} cameras, gate ${task.gate ? 'on' : 'off'}, control ${task.control ? 'on' : 'off'}`;
  if (report.slo.due === 0)
    throw new ConfigError([
      `--seconds is ${task.seconds}, in which nothing moved: it needs more, such as 20`,
    ]);
  if (!report.ledger.balanced) throw new Error(`${what}: the ledger does not balance`);
  return report;
}
