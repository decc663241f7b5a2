import { calibration } from './calibration.ts';
import { ofKind } from './disturbance.ts';
import type { Fleet } from './fleet.ts';
import { createFleet } from './fleet.ts';
import type { Frame } from './frame.ts';
import { createInferenceInstance } from './inference-instance.ts';
import { createRandom } from './random.ts';
import type { World } from './world.ts';

/** The replicas of a run, and what becomes of the frames that they get. */
export function createCloud(world: World): Fleet {
  const { scenario, seed, conditions, events, ledgers, truth, recorder, notes } = world;
  const { cameras, cloud } = scenario;
  /** What the cloud's idea of the clock adds to the time between a frame's capture and anything in the cloud. */
  const clockErrorMs = (frame: Frame): number => (frame.capturedAtUs - world.believedCaptureUs(frame)) / 1e3;

  const emit = (frame: Frame): void => {
    ledgers.cloud.ended('analysed');
    truth.analysed(frame, events.nowUs);
    const latencyMs = (events.nowUs - frame.capturedAtUs) / 1e3;
    const errorMs = clockErrorMs(frame);
    recorder.result(frame, latencyMs);
    notes[frame.camera]?.result(frame, latencyMs + errorMs, errorMs, events.nowUs);
  };
  const fleet = createFleet({
    events,
    cloud,
    ledger: ledgers.cloud,
    open: (index) =>
      createInferenceInstance({
        name: `inference-${index}`,
        events,
        models: cloud.models,
        workers: cloud.workers,
        batch: cloud.batch,
        slowness: conditions.inferenceSlowness(index),
        workersLost: conditions.workersLost(index),
        random: createRandom(seed, 'inference', index),
        capturedAtUs: world.believedCaptureUs,
        clockErrorUs: (cameraId) => (world.clockOf(cameraId)?.errorMs ?? 0) * 1e3,
        weightOf: ({ camera }) => cameras[camera]?.weight ?? 1,
        onFate: (frame, fate) => {
          ledgers.cloud.ended(fate);
          if (fate === 'superseded') truth.superseded(frame);
          notes[frame.camera]?.fate(frame, fate, clockErrorMs(frame));
        },
        onInferred: (frame) => events.at(events.nowUs + calibration.emitMs * 1e3, () => emit(frame)),
      }),
  });
  for (const { instance, atSeconds, untilSeconds } of ofKind(world.disturbances, 'replica-lost')) {
    events.at(atSeconds * 1e6, () => fleet.lose(instance));
    if (untilSeconds !== undefined) events.at(untilSeconds * 1e6, () => fleet.restore(instance));
  }
  return fleet;
}
