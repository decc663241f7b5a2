import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLetterbox, toModelBox, toSourceBox } from './letterbox.ts';

const side = fc.integer({ min: 1, max: 8000 });
const size = fc.record({ width: side, height: side });
const model = fc.constantFrom({ width: 416, height: 416 }, { width: 640, height: 384 });

describe('a letterbox', () => {
  it('scales to the tighter side and keeps the aspect ratio', () => {
    const { content } = fitLetterbox({ width: 1280, height: 720 }, { width: 416, height: 416 });
    expect(content).toEqual({ width: 416, height: 234 });
  });

  it('enlarges what is smaller than the model', () => {
    const { content } = fitLetterbox({ width: 100, height: 50 }, { width: 416, height: 416 });
    expect(content).toEqual({ width: 416, height: 208 });
  });

  it('always fits, and touches the model on one side at least', () => {
    fc.assert(
      fc.property(size, model, (source, input) => {
        const { content } = fitLetterbox(source, input);
        expect(content.width).toBeLessThanOrEqual(input.width);
        expect(content.height).toBeLessThanOrEqual(input.height);
        expect(Math.min(content.width, content.height)).toBeGreaterThanOrEqual(1);
        expect(content.width === input.width || content.height === input.height).toBe(true);
      }),
    );
  });

  it('brings every box back to where it was', () => {
    const value = fc.double({ min: -100, max: 8000, noNaN: true });
    fc.assert(
      fc.property(size, model, fc.tuple(value, value, value, value), (source, input, box) => {
        const letterbox = fitLetterbox(source, input);
        const back = toSourceBox(toModelBox(box, letterbox), letterbox);
        for (const [index, was] of box.entries()) expect(back[index]).toBeCloseTo(was, 6);
      }),
    );
  });

  it('maps the whole source to the whole content', () => {
    fc.assert(
      fc.property(size, model, (source, input) => {
        const letterbox = fitLetterbox(source, input);
        const [, , width, height] = toModelBox([0, 0, source.width, source.height], letterbox);
        expect(width).toBeCloseTo(letterbox.content.width, 6);
        expect(height).toBeCloseTo(letterbox.content.height, 6);
      }),
    );
  });
});
