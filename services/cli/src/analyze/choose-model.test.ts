import { AssetError } from '@framegate/assets';
import type { ResolvedModel } from '@framegate/object-detector';
import { describe, expect, it } from 'vitest';
import { chooseModel } from './choose-model.ts';

function modelOf(id: string): ResolvedModel {
  const input = { width: 64, height: 64, batch: 1 };
  return { id, path: '', head: 'yolox', classNames: [], licence: '', sha256: '', bytes: 0, input };
}

/** Finds every model but `yolox-nano-416`. */
const without416 = (code: 'MISSING' | 'CHECKSUM') => async (name: string) => {
  if (name === 'yolox-nano-416') throw new AssetError(code, 'it is not what it should be');
  return modelOf(name);
};

describe('the model of an analysis', () => {
  it('is the one that was asked for', async () => {
    expect(await chooseModel('mine.onnx', async (name) => modelOf(name))).toEqual({
      model: modelOf('mine.onnx'),
    });
  });

  it('is YOLOX-nano where nothing was asked for', async () => {
    expect((await chooseModel(undefined, async (name) => modelOf(name))).model.id).toBe('yolox-nano-416');
  });

  it("is the project's own where YOLOX can't be had, which is said in one line", async () => {
    const { model, note } = await chooseModel(undefined, without416('MISSING'));
    expect(model.id).toBe('street-nano');
    expect(note).toBe('using street-nano, made for synthetic scenes: it is not what it should be');
  });

  it('is none where the one that was asked for is missing, or a file has the wrong content', async () => {
    await expect(chooseModel('yolox-nano-416', without416('MISSING'))).rejects.toThrow(AssetError);
    await expect(chooseModel(undefined, without416('CHECKSUM'))).rejects.toThrow(AssetError);
  });
});
