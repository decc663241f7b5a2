import type { Frame } from '@framegate/contracts';
import { cloudTopics, encodeFrame, siteTopics } from '@framegate/contracts';
import { InProcessBus } from '@framegate/message-bus';
import { expect, it } from 'vitest';
import { followFrames } from '../src/index.ts';

const frameOf = (cameraId: string, seq: number): Frame => ({
  cameraId,
  epoch: 1,
  seq,
  kind: 'live',
  capturedAtUs: 1,
  gatedAtUs: 1,
  encodedAtUs: 1,
  publishedAtUs: 1,
  objectiveMs: 500,
  configVersion: 1,
  width: 640,
  height: 360,
  sourceWidth: 640,
  sourceHeight: 360,
  regions: [],
  score: 0.5,
  work: { decodeMs: 0, gateMs: 0, encodeMs: 0 },
  jpeg: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]),
});

it('all who want the frames share one reader, which passes over what is no frame of its topic', async () => {
  const bus = new InProcessBus();
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('north', 1)]);
  const frames = await followFrames(bus);
  const [one, other]: [number[], number[]] = [[], []];
  frames.onFrame(({ seq }) => one.push(seq));
  const end = frames.onFrame(({ seq }) => other.push(seq));
  const producer = await bus.producer();
  const send = (frame: Frame) => producer.send('framegate.frames.north', encodeFrame(frame));
  await send(frameOf('north/door', 1));
  await expect.poll(() => [one, other]).toEqual([[1], [1]]);
  end();
  await send(frameOf('south/door', 2));
  await producer.send('framegate.frames.north', { ...encodeFrame(frameOf('north/door', 3)), headers: {} });
  await send(frameOf('north/door', 4));
  await expect.poll(() => one).toEqual([1, 4]);
  expect(other).toEqual([1]);
  await frames.close();
  await bus.close();
});
