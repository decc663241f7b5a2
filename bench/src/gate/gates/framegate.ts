import { createMotionGate } from '@framegate/motion-detection';
import type { MotionGate } from '@framegate/motion-detection';
import type { Luma } from '../clips/clip.ts';
import { clipSize, framesPerSecond } from '../clips/clip.ts';
import { planeSize } from '../clips/plane-cache.ts';
import type { Mark } from '../scoring/mark.ts';
import type { GateRun, GateSetting, OnMarks } from './gate-run.ts';

const defaultSensitivity = 50;
const curveSensitivities = [20, 35, 65, 80];
/** The gate has decided by itself: whatever it marks is motion. */
const decided = 0.01;
/** Motion without a region. */
const nowhere: Mark = { box: [0, 0, 0, 0], strength: 1 };
const factor = clipSize.width / planeSize.width;
/** The kernel books CPU time at its ticks, so single frames can't be timed: this many in a row are. */
const framesAtOnce = 200;

/** Our own gate, by the small plane that a camera's thread gives it. Only the default setting is timed. */
export function runFramegate(curves: boolean, onMarks: OnMarks): GateRun {
  const sensitivities = [defaultSensitivity, ...(curves ? curveSensitivities : [])];
  const gates = sensitivities.map((sensitivity) => createMotionGate({ sensitivity }));
  const settings = sensitivities.map((sensitivity) => settingOf(sensitivity));
  const planes: Uint8Array[] = [];
  let waiting = 0;
  let done = 0;
  let cpuUs = 0;

  function look(): void {
    const batch = planes.slice(0, waiting);
    const before = process.threadCpuUsage();
    const [timed = [], ...others] = gates.map((gate, index) => {
      const marks = batch.map((data, at) => marksOf(gate, data, done + at));
      if (index === 0) cpuUs += cpuSince(before);
      return marks;
    });
    for (const [at, marks] of timed.entries())
      onMarks(done + at, [marks, ...others.map((each) => each[at] ?? [])]);
    done += waiting;
    waiting = 0;
  }

  return {
    settings,
    add(_, __, { data }: Luma) {
      (planes[waiting++] ??= new Uint8Array(data.length)).set(data);
      if (waiting === framesAtOnce) look();
    },
    finish() {
      look();
      return Promise.resolve(settings.map((_, index) => (index === 0 ? cpuUs / 1000 / done : null)));
    },
  };
}

function settingOf(sensitivity: number): GateSetting {
  const isDefault = sensitivity === defaultSensitivity;
  const setting = `sensitivity ${sensitivity}`;
  return { gate: 'framegate', setting, isDefault, threshold: decided, hasRegions: true };
}

function marksOf(gate: MotionGate, data: Uint8Array, frame: number): Mark[] {
  const plane = { data, stride: planeSize.width, ...planeSize };
  const { motion, regions, score } = gate.process(plane, (frame * 1e6) / framesPerSecond);
  if (!motion) return [];
  if (regions.length === 0) return [nowhere];
  return regions.map(({ x, y, width, height }) => ({
    box: [factor * x, factor * y, factor * width, factor * height],
    strength: score,
  }));
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}
