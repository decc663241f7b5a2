import { createEdgeMemory, startEdgeSite } from '@framegate/camera-pipeline';
import type { CameraIntent } from '@framegate/contracts';
import { cameraIntentEvent, cloudTopics, siteTopics, topicNames } from '@framegate/contracts';
import { emptyEdgeCounts, addEdgeCounts, edgeBalance } from '@framegate/frame-ledger';
import { InProcessBus } from '@framegate/message-bus';
import { createClock } from '@framegate/service-kit';
import type { EdgeSample } from './edge-sample.ts';

// An edge with its cameras in a process of its own, so that its CPU and memory are its alone.

export interface EdgeTask {
  /** Clips that the cameras take in turn. */
  readonly paths: readonly string[];
  readonly cameras: number;
  readonly preRollSeconds: number;
}

export type EdgeCommand =
  { readonly watching: 'packets' | 'frames' } | { readonly measureSeconds: number } | 'stop';

const task: EdgeTask = JSON.parse(process.argv[2] ?? '{}');
const clock = createClock();
const bus = new InProcessBus({ retentionBytes: 1024 * 1024 });
await bus.ensureTopics([...cloudTopics(4), ...siteTopics('bench', 4)]);
const producer = await bus.producer();
const reasons = new Map<string, string>();
let undecoded = 0;
let revision = 0;

function intent(index: number, watching: 'packets' | 'frames'): CameraIntent {
  const wanted = { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model: 'none' };
  const rolls = { preRollSeconds: task.preRollSeconds, postRollSeconds: 2, keepAliveSeconds: 10 };
  const areas = { motionMasks: [], privacyMasks: [], zones: [], classes: [] };
  return { cameraId: `bench/c${index}`, revision, objectiveMs: 500, ...areas, ...rolls, watching, wanted };
}

const indices = Array.from({ length: task.cameras }, (_, index) => index);
const baseBytes = process.memoryUsage.rss();
const site = await startEdgeSite({
  site: 'bench',
  timezone: 'UTC',
  instance: 'bench',
  bus,
  clock,
  loop: true,
  memory: createEdgeMemory(),
  pace: 'realtime',
  lossless: false,
  configWaitMs: 0,
  cameras: indices.map((index) => ({
    source: { kind: 'file', path: task.paths[index % task.paths.length] ?? '' },
    intent: intent(index, 'packets'),
  })),
  observer: {
    onStatus: (camera, { reason }) => void (reason ? reasons.set(camera, reason) : reasons.delete(camera)),
    onFate: () => {},
    onSent: () => {},
    onRefused: () => {},
    onUntold: () => {},
    onSpoolTrouble: () => {},
    onUndecoded: (_camera, frames) => (undecoded += frames),
  },
});

const counts = () =>
  site.telemetry().cameras.reduce((sum, camera) => addEdgeCounts(sum, camera.counts), emptyEdgeCounts());

async function measure(seconds: number): Promise<EdgeSample> {
  const [before, undecodedBefore, cpuBefore] = [counts(), undecoded, process.cpuUsage()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const { user, system } = process.cpuUsage(cpuBefore);
  const after = counts();
  return {
    cpuSeconds: (user + system) / 1e6,
    started: site.telemetry().cameras.length,
    captured: after.captured - before.captured,
    undecoded: undecoded - undecodedBefore,
    late: (after.discarded['late'] ?? 0) - (before.discarded['late'] ?? 0),
    published: after.published - before.published,
    residentBytes: process.memoryUsage.rss(),
    baseBytes,
    balanced: edgeBalance(after) === 0,
    reasons: Object.fromEntries(
      [...Map.groupBy(reasons.values(), (reason) => reason)].map(([why, all]) => [why, all.length]),
    ),
  };
}

async function configure(watching: 'packets' | 'frames'): Promise<void> {
  revision += 1;
  for (const index of indices)
    await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(intent(index, watching)));
}

const tell = (reply: EdgeSample | string): void => void process.send?.(reply);

async function obey(command: EdgeCommand): Promise<void> {
  if (command === 'stop') {
    await site.close();
    await bus.close();
    process.disconnect?.();
  } else if ('watching' in command) {
    await configure(command.watching);
    tell('done');
  } else {
    tell(await measure(command.measureSeconds));
  }
}

process.on('message', (command: EdgeCommand) => void obey(command));
tell('ready');
