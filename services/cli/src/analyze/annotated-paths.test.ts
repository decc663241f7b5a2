import { describe, expect, it } from 'vitest';
import { annotatedPaths } from './annotated-paths.ts';

describe('places of annotated videos', () => {
  it('are the file itself for one input', () => {
    expect(annotatedPaths(['clip.avi'], 'out.mp4', false)).toEqual(['out.mp4']);
  });

  it('are in the folder by the names of the inputs, numbered where two are alike', () => {
    expect(annotatedPaths(['a/x.mp4', 'b/x.avi', 'y.mkv'], 'out', true)).toEqual([
      'out/x.annotated.mp4',
      'out/x-2.annotated.mp4',
      'out/y.annotated.mp4',
    ]);
  });
});
