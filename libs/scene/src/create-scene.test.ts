import { expect, test } from 'vitest';
import { createScene, describeScene, sceneNames } from './create-scene.ts';

const small = { width: 320, height: 180 };

/** FNV-1a over all bytes. */
function checksum(bytes: Uint8Array): string {
  let state = 0x811c9dc5;
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}

/** Checksums of frames 0, 60 and 155. */
const checksums: Readonly<Record<string, string>> = {
  street: '349122ec 1cd2cb78 95e1f19a',
  'rush-hour': '276afe0c f297511f 73121adb',
  plaza: '276afe0c bb05ae36 e0009d10',
  quiet: 'f7ad5253 ab67befb ac2db226',
  rain: '8f6829e6 9115a189 a0af9111',
  night: '9e0541b8 b0e8129d 3998622f',
  snow: 'e9906012 184901bc d6572b28',
  'light-step': '478cb0d7 aaa9f318 20fb9f86',
  'low-contrast': 'ef7ce541 4a261459 89e11137',
  foliage: '707a6771 1a4fdf60 75c8e7d6',
  shake: '8018d1f2 3ae7b6ad 47c72087',
  'heavy-rain': '8c0c1f8f 9c4a2254 7104caa2',
  'light-ramp': '1a6816ae 438a168f 8b1a5cfa',
  'cloud-shadow': 'a49527be 88f129e3 5be82f07',
  headlights: '40d3193e fad94465 5cc73674',
  'exposure-steps': 'a19731ff fd2f212c 3033f0f9',
  'key-frame-pulsing': 'fa90b3ff 1eb9e967 66daf7de',
  insects: '6c3d7a43 f77c3dd1 03dd5fe5',
};

test.each(sceneNames)('%s is the same bytes on every machine', (name) => {
  const scene = createScene({ name, seed: 7, ...small });
  const sums = [0, 60, 155].map((index) => checksum(scene.render(index).data));
  expect(sums.join(' ')).toBe(checksums[name]);
});

test.each(sceneNames)('%s shows the same frame in any order and in any buffer', (name) => {
  const scene = createScene({ name, ...small });
  const inOrder = [40, 41, 42].map((index) => checksum(scene.render(index).data));
  const buffer = new Uint8Array((320 * 180 * 3) / 2).fill(99);
  const other = createScene({ name, ...small });
  const backwards = [42, 41, 40].map((index) => checksum(other.render(index, buffer).data));
  expect(backwards.toReversed()).toEqual(inOrder);
  expect(scene.truth(41)).toEqual(other.truth(41));
});

test('a frame is drawn into the given buffer, also into a part of a larger one', () => {
  const scene = createScene({ name: 'street', ...small });
  const bytes = (320 * 180 * 3) / 2;
  const whole = new Uint8Array(bytes + 20);
  const image = scene.render(3, whole.subarray(10, 10 + bytes));
  expect(image.data.buffer).toBe(whole.buffer);
  expect(checksum(image.data)).toBe(checksum(scene.render(3).data));
  expect([...whole.subarray(0, 10), ...whole.subarray(-10)].every((byte) => byte === 0)).toBe(true);
});

test('other seeds show other places and figures', () => {
  const frames = [1, 2, 3].map((seed) => createScene({ name: 'plaza', seed, ...small }).render(80).data);
  expect(new Set(frames.map(checksum)).size).toBe(3);
});

test('successive frames differ, by noise at least', () => {
  const scene = createScene({ name: 'quiet', ...small });
  expect(checksum(scene.render(0).data)).not.toBe(checksum(scene.render(1).data));
});

test('the defaults are seed 1, 1280x720 and 10 frames/s', () => {
  const { spec } = createScene({ name: 'quiet' });
  expect(spec).toEqual({ name: 'quiet', seed: 1, width: 1280, height: 720, framesPerSecond: 10 });
});

test('a faster camera sees the same moments more often', () => {
  const slow = createScene({ name: 'street', framesPerSecond: 10, ...small });
  const fast = createScene({ name: 'street', framesPerSecond: 20, ...small });
  expect(fast.truth(300)).toEqual(slow.truth(150));
});

test('every scene has a description', () => {
  expect(sceneNames.map(describeScene).every((text) => text.length > 10)).toBe(true);
});

test.each([
  [{ name: 'beach' }, 'unknown scene "beach": choose one of street, plaza'],
  [{ name: 'toString' }, 'unknown scene "toString"'],
  [{ name: 'street', width: 641 }, 'scene width of 641 pixels: expected an even number from 64 to 8192'],
  [{ name: 'street', height: 0 }, 'scene height of 0 pixels'],
  [{ name: 'street', seed: 1.5 }, 'scene seed 1.5: expected a whole number'],
  [{ name: 'street', framesPerSecond: 0 }, 'scene rate of 0 frames/s'],
])('%j is refused with a message that names the mistake', (request, message) => {
  expect(() => createScene(request)).toThrow(message);
});

test('wrong frame indices and buffers are refused', () => {
  const scene = createScene({ name: 'street', ...small });
  expect(() => scene.render(-1)).toThrow('frame index -1: expected a whole number from 0 up');
  expect(() => scene.truth(0.5)).toThrow('frame index 0.5');
  expect(() => scene.render(0, new Uint8Array(5))).toThrow(
    'frame buffer of 5 bytes: a 320x180 I420 frame needs exactly 86400',
  );
});
