import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PictureHeader } from './live.ts';
import { decodePicture, encodePicture } from './picture-message.ts';

it('a picture arrives as it was sent, whatever the names in it and the bytes behind them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 2000 }), (className, jpeg) => {
      const header: PictureHeader = {
        number: 7,
        cameraId: 'north/door',
        kind: 'live',
        capturedAtUs: 1,
        sourceWidth: 640,
        sourceHeight: 360,
        regions: [],
        objects: [{ box: [1, 2, 3, 4], className, score: 1, zones: [] }],
        latencyMs: null,
      };
      const message = encodePicture(header, jpeg);
      const arrived = decodePicture(Uint8Array.from(message).buffer);
      expect(arrived.header).toEqual(header);
      expect([...arrived.jpeg]).toEqual([...jpeg]);
    }),
  );
});
