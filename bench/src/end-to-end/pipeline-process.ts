import { createShapedBus, startAllInOne } from '@framegate/all-in-one';
import { createEdgeMemory } from '@framegate/camera-pipeline';
import { createDetector, resolveModel } from '@framegate/object-detector';
import { runReport } from '@framegate/run-observer';
import { createClock, createLogger, createMetrics, machine } from '@framegate/service-kit';
import type { PipelineTask } from './pipeline-run.ts';
import { pipelineTaskSchema } from './pipeline-run.ts';

// The whole pipeline with some cameras that play clips, by itself in a process: `pipeline-process.ts TASK` prints
// its report.

/** Models and pages warm up, gates settle, the controller learns. */
const warmUpSeconds = 6;
const site = 'bench';

process.stdout.write(JSON.stringify(await run(pipelineTaskSchema.parse(JSON.parse(process.argv[2] ?? '')))));
process.exit(0);

async function run(task: PipelineTask) {
  const { clips, cameras, seconds, objectiveMs, model, control } = task;
  const clock = createClock();
  const link = createShapedBus();
  link.setRate(task.bytesPerSecond ?? Infinity);
  const pipeline = await startAllInOne({
    site,
    timezone: 'UTC',
    cameras: Array.from({ length: cameras }, (_, index) => ({
      source: { kind: 'file', path: clips[index % clips.length] ?? '' } as const,
      intent: intentOf(`${site}/c${index + 1}`, task),
    })),
    bus: link.bus,
    edgeBus: link.edgeBus,
    clock,
    partitions: 4,
    memory: createEdgeMemory(),
    logger: createLogger({ name: 'bench', level: 'silent' }),
    metrics: createMetrics(),
    openDetector: async (name) =>
      createDetector({ model: await resolveModel(name), workers: 1, threadsPerWorker: 1 }),
    defaultModel: model,
    pace: 'realtime',
    loop: true,
    lossless: false,
    control: control ? 'act' : 'pause',
    group: `bench-${process.pid}`,
  });
  const startedAtUs = clock.nowUs();
  let found = 0;
  pipeline.run.onDetection(({ objects }) => (found += objects.length > 0 ? 1 : 0));
  await new Promise((resolve) => setTimeout(resolve, (warmUpSeconds + seconds) * 1000));
  const endedAtUs = clock.nowUs();
  link.setRate(Infinity);
  await pipeline.drain();
  const environment = machine();
  const report = runReport(pipeline.run, {
    kind: 'bench',
    startedAtUs,
    endedAtUs,
    objectiveMs,
    target: 0.95,
    environment,
  });
  await pipeline.close();
  return { ...report, found };
}

function intentOf(
  cameraId: string,
  { objectiveMs, model, gate }: Pick<PipelineTask, 'objectiveMs' | 'model' | 'gate'>,
) {
  return {
    cameraId,
    revision: 0,
    motionMasks: [],
    privacyMasks: [],
    zones: [],
    classes: [],
    objectiveMs,
    preRollSeconds: 0.5,
    // A post-roll without end passes every frame from the first motion on.
    postRollSeconds: gate ? 2 : 1e6,
    keepAliveSeconds: 10,
    wanted: { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model },
  };
}
