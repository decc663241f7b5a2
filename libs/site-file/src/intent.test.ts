import { cameraIntentEvent } from '@framegate/contracts';
import { expect, it } from 'vitest';
import { intentOf } from './intent.ts';
import { parseSite } from './parse-site.ts';

it('the intent of each camera is one that the bus carries', () => {
  const text = `site: north
cameras:
  - { id: door, source: "rtsp://192.0.2.1/1", classes: [person], sensitivity: 70, zones: [{ name: a, polygon: [[0, 0], [1, 0], [1, 1]] }] }
`;
  const parsed = parseSite(text, 'site.yaml', {});
  if ('mistakes' in parsed) throw new Error('the site was refused');
  const intents = parsed.site.cameras.map((camera) => intentOf(parsed.site, camera));
  expect(intents).toMatchObject([
    {
      cameraId: 'north/door',
      revision: 0,
      classes: ['person'],
      wanted: { motionSensitivity: 70, framesPerSecond: 10 },
    },
  ]);
  for (const intent of intents)
    expect(cameraIntentEvent.decode(cameraIntentEvent.encode(intent))).toEqual(intent);
});
