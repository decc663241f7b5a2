import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelCatalogue, resolveModel } from '../src/index.ts';
import { onnxDeclaring, tinyOnnx } from './tiny-onnx-fixture.ts';

const model = tinyOnnx({ head: 'yolov8', width: 64, height: 64, batch: 1 });
const sha256 = createHash('sha256').update(model).digest('hex');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framegate-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
const description = (more: object = {}): string =>
  JSON.stringify({ head: 'yolov8', classes: ['blue', 'red'], ...more });

describe("a user's own model", () => {
  it('is described by the file beside it', async () => {
    const path = await put('mine.onnx', model);
    await put('mine.json', description({ licence: 'MIT', sha256 }));
    expect(await resolveModel(path)).toEqual({
      id: 'mine',
      path,
      head: 'yolov8',
      classNames: ['blue', 'red'],
      licence: 'MIT',
      sha256,
      bytes: model.length,
      input: { width: 64, height: 64, batch: 1 },
    });
  });

  it('is described by options, which need no file beside it', async () => {
    const path = await put('mine.onnx', model);
    const classesFile = await put('classes.txt', 'blue\n red \n\n');
    expect(await resolveModel(path, { head: 'yolov8', classesFile })).toMatchObject({
      classNames: ['blue', 'red'],
      licence: 'unknown',
    });
  });

  it('without any description says what to write where', async () => {
    const path = await put('mine.onnx', model);
    await expect(resolveModel(path)).rejects.toMatchObject({
      code: 'DESCRIPTION',
      message: expect.stringContaining(`write both into ${join(folder, 'mine.json')}`),
    });
  });

  it.each([
    ['another head', description({ head: 'yolov5' }), 'yolov5|yolox'],
    ['a word that nobody knows', description({ threshold: 1 }), 'threshold'],
    ['half a file', '{"head": ', 'expected object'],
  ])('with %s in its description is refused', async (_, text, message) => {
    const path = await put('mine.onnx', model);
    await put('mine.json', text);
    const failure = await resolveModel(path).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'DESCRIPTION' });
    expect(String(failure)).toMatch(new RegExp(message));
  });

  it('with other content than its description says is refused', async () => {
    const path = await put('mine.onnx', model);
    await put('mine.json', description({ sha256: '0'.repeat(64) }));
    await expect(resolveModel(path)).rejects.toMatchObject({
      code: 'CHECKSUM',
      message: expect.stringContaining(`found ${sha256}`),
    });
  });

  it.each([
    ['cut short', model.subarray(0, 900)],
    ['empty', new Uint8Array()],
    ['something else', Buffer.from('<html>not found</html>')],
  ])('that is %s is called corrupt', async (_, content) => {
    const path = await put('mine.onnx', content);
    await put('mine.json', description());
    await expect(resolveModel(path)).rejects.toMatchObject({
      code: 'CORRUPT',
      message: expect.stringContaining(`${path} is no ONNX file or a damaged one: it `),
    });
  });

  it('with more classes than it was described with is refused, with both shapes', async () => {
    const path = await put('mine.onnx', onnxDeclaring([1, 3, 64, 64], [[1, 84, 84]]));
    await put('mine.json', description());
    await expect(resolveModel(path)).rejects.toMatchObject({
      code: 'WRONG_SHAPE',
      message: expect.stringContaining('expected an output [N, 6, 84], found [1, 84, 84]'),
    });
  });

  it('that is not there is missing', async () => {
    await put('none.json', description());
    await expect(resolveModel(join(folder, 'none.onnx'))).rejects.toMatchObject({ code: 'MISSING' });
  });
});

describe('a model of the catalogue', () => {
  it('that is unknown is answered with the known ones', async () => {
    const failure = await resolveModel('yolo-giant').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'UNKNOWN' });
    for (const { id } of modelCatalogue) expect(String(failure)).toContain(id);
  });

  it('that the project contains is what the catalogue says, and needs nothing from elsewhere', async () => {
    const contained = modelCatalogue.filter(({ source }) => 'file' in source);
    expect(contained.map(({ id }) => id)).toEqual(['street-nano']);
    for (const { id, head, classNames, licence } of contained)
      expect(
        await resolveModel(id, { environment: {}, sharedFolder: folder, allowDownload: false }),
      ).toMatchObject({ id, head, classNames, licence });
  });

  it('whose file was altered is refused by its checksum', async () => {
    await put('yolox_nano_416.onnx', model);
    await expect(
      resolveModel('yolox-nano-416', { environment: { FRAMEGATE_ASSETS: folder } }),
    ).rejects.toMatchObject({ code: 'CHECKSUM', message: expect.stringContaining(`found ${sha256}`) });
  });
});
