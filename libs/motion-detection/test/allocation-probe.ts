/**
 * Prints how many bytes the gate allocates a frame, by the count of the engine. A
 * program of its own, because a test runner's modules are compiled to something else.
 */
import v8 from 'node:v8';
import { createMotionGate } from '../src/index.ts';
import { block, createNoise, FRAME_US, height, scene, width } from './painted-scene.ts';

const random = createNoise(3);
/** Walkers in the rain, under light that sweeps and a camera that trembles now and then. */
const render = scene((plane, frame) => {
  for (let walker = 0; walker < 6; walker++) block(plane, (50 * walker + 2 * frame) % width, 60, 8, 20, 60);
  for (let drop = 0; drop < 150; drop++) block(plane, random() * width, random() * height, 1, 8, 30);
  if (frame % 50 < 20) block(plane, 8 * (frame % 50), 0, 90, height, 25);
  if (frame % 40 < 8) plane.copyWithin(2, 0);
});
const planes = Array.from({ length: 120 }, (_, frame) => ({
  data: render(frame).slice(),
  stride: width,
  width,
  height,
}));
const gate = createMotionGate();
let frames = 0;

function look(rounds: number): void {
  for (let round = 0; round < rounds; round++)
    for (const plane of planes) gate.process(plane, frames++ * FRAME_US);
}

function allocatedBytes(): number {
  const { total_allocated_bytes: bytes } = v8.getHeapStatistics();
  return bytes;
}

look(10);
const before = allocatedBytes();
look(5);
console.log(Math.round((allocatedBytes() - before) / (5 * planes.length)));
