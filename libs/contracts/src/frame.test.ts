import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractError } from './event.ts';
import type { Frame } from './frame.ts';
import { decodeFrame, encodeFrame, frameKinds } from './frame.ts';

const jpeg = (bytes: Uint8Array) => Uint8Array.from([0xff, 0xd8, ...bytes]);
const millis = fc.integer({ min: 0, max: 5_000_000 }).map((us) => us / 1000);
const pixels = fc.integer({ min: 0, max: 16_384 });
const timeUs = fc.integer({ min: 0, max: 4e15 });

const frames: fc.Arbitrary<Frame> = fc.record({
  cameraId: fc.constantFrom('north/door', 'a/b', 'site-1/cam-2'),
  epoch: fc.integer({ min: 0, max: 2 ** 40 }),
  seq: fc.integer({ min: 1, max: 2 ** 40 }),
  kind: fc.constantFrom(...frameKinds),
  capturedAtUs: timeUs,
  gatedAtUs: timeUs,
  encodedAtUs: timeUs,
  publishedAtUs: timeUs,
  objectiveMs: fc.integer({ min: 1, max: 60_000 }),
  configVersion: fc.integer({ min: 0, max: 1_000_000 }),
  width: pixels,
  height: pixels,
  sourceWidth: pixels,
  sourceHeight: pixels,
  regions: fc.array(fc.tuple(pixels, pixels, pixels, pixels), { maxLength: 20 }),
  score: fc.integer({ min: 0, max: 10_000 }).map((x) => x / 10_000),
  work: fc.record({ decodeMs: millis, gateMs: millis, encodeMs: millis }),
  traceparent: fc.constantFrom(undefined, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
  jpeg: fc.uint8Array({ maxLength: 200 }).map(jpeg),
});

const example: Frame = fc.sample(frames, { seed: 1, numRuns: 1 })[0]!;

function refusal(change: Record<string, string>, body = example.jpeg): ContractError {
  const message = encodeFrame(example);
  try {
    decodeFrame({ headers: { ...message.headers, ...change }, body });
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('the frame was accepted');
}

describe('a frame on the bus', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  it('survives headers that a later minor version added', () => {
    const message = encodeFrame(example);
    expect(decodeFrame({ ...message, headers: { ...message.headers, ce_novelty: 'x' } })).toEqual(example);
  });

  it('is refused without a type, with a foreign type and with a later major version', () => {
    const { ce_type: _, ...headers } = encodeFrame(example).headers;
    expect(() => decodeFrame({ headers, body: example.jpeg })).toThrow('not a CloudEvent');
    expect(refusal({ ce_type: 'com.example.thing.v1' }).code).toBe('UNKNOWN_TYPE');
    expect(refusal({ ce_type: 'io.framegate.frame.v2' }).code).toBe('UNSUPPORTED_VERSION');
  });

  it('is refused when an attribute is missing, negative, fractional or not a number', () => {
    for (const value of ['', '-1', '1.5', 'NaN', '99999999999999999999', '0x10']) {
      expect(refusal({ ce_seq: value }).code).toBe('MALFORMED');
    }
    expect(refusal({ ce_camera: '../etc/passwd' }).message).toContain('<site>/<camera>');
  });

  it('is refused when its body is no JPEG or over the limit', () => {
    expect(refusal({}, new Uint8Array(10)).code).toBe('MALFORMED');
    expect(refusal({}, new Uint8Array(0)).code).toBe('MALFORMED');
    expect(refusal({}, new Uint8Array(4 * 1024 * 1024)).code).toBe('TOO_LARGE');
  });

  it('never throws anything but a ContractError, whatever the headers hold', () => {
    const keys = Object.keys(encodeFrame(example).headers);
    const noise = fc.dictionary(fc.constantFrom(...keys), fc.string());
    fc.assert(
      fc.property(noise, fc.uint8Array(), (headers, body) => {
        try {
          decodeFrame({ headers: { ...encodeFrame(example).headers, ...headers }, body });
        } catch (error) {
          expect(error).toBeInstanceOf(ContractError);
        }
      }),
    );
  });
});
