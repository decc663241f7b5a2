import { describe, expect, it } from 'vitest';
import type { AnalysedFrame } from './analysed-frame.ts';
import { analysisLedger } from './analysis-ledger.ts';
import { resultFormats } from './result-format.ts';

const person = { box: [10.5, 20, 30, 60.25], class: 'person', score: 0.9 } as const;
const car = { box: [1, 2, 3, 4], class: 'car', score: 0.5 } as const;
const gate = { score: 0.75, regions: [[0, 0, 64, 64]] } as const;
const size = { width: 640, height: 360 };
const frames: AnalysedFrame[][] = [
  [
    { file: 'a "b", c.mp4', frame: 3, timeSeconds: 0.3, ...size, objects: [person, car], gate },
    { file: 'a "b", c.mp4', frame: 4, timeSeconds: 0.4, ...size, objects: [], gate },
  ],
  [{ file: 'd.mp4', frame: 0, timeSeconds: 0, ...size, objects: [car], gate: { score: null, regions: [] } }],
];

function logOf(own: readonly AnalysedFrame[]) {
  return {
    async *frames() {
      yield* own;
    },
    async *lines() {
      for (const frame of own) yield JSON.stringify(frame);
    },
  };
}

async function written(format: keyof typeof resultFormats): Promise<string> {
  const model = { id: 'm', sha256: 'ff', classNames: ['person', 'bicycle', 'car'] };
  const results = { logs: frames.map(logOf), model, ledger: analysisLedger([]) };
  return (await Array.fromAsync(resultFormats[format](results))).join('');
}

describe('results', () => {
  it('as JSONL are a line for each frame in the order of the inputs, and the ledger', async () => {
    const text = await written('jsonl');
    const lines: unknown[] = text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines.slice(0, -1)).toEqual(frames.flat());
    expect(lines.at(-1)).toEqual({ ledger: analysisLedger([]) });
    expect(text.endsWith('\n')).toBe(true);
  });

  it('as COCO refer to images and categories by their ids', async () => {
    const { info, images, categories, annotations } = JSON.parse(await written('coco'));
    expect(images).toMatchObject([
      { id: 1, video: 'a "b", c.mp4', frame: 3, width: 640, height: 360 },
      { id: 2, frame: 4 },
      { id: 3, video: 'd.mp4', file_name: 'd.mp4#0' },
    ]);
    expect(categories).toEqual([
      { id: 1, name: 'person' },
      { id: 2, name: 'bicycle' },
      { id: 3, name: 'car' },
    ]);
    expect(annotations).toEqual([
      { id: 1, image_id: 1, category_id: 1, bbox: person.box, area: 1807.5, iscrowd: 0, score: 0.9 },
      { id: 2, image_id: 1, category_id: 3, bbox: car.box, area: 12, iscrowd: 0, score: 0.5 },
      { id: 3, image_id: 3, category_id: 3, bbox: car.box, area: 12, iscrowd: 0, score: 0.5 },
    ]);
    expect(info).toMatchObject({ model: 'm', modelSha256: 'ff', ledger: { balanced: true } });
  });

  it('as CSV have a row for each object and one for a frame without any', async () => {
    expect((await written('csv')).split('\n')).toEqual([
      'file,frame,timeSeconds,class,score,x,y,width,height,gateScore',
      '"a ""b"", c.mp4",3,0.3,person,0.9,10.5,20,30,60.25,0.75',
      '"a ""b"", c.mp4",3,0.3,car,0.5,1,2,3,4,0.75',
      '"a ""b"", c.mp4",4,0.4,,,,,,,0.75',
      'd.mp4,0,0,car,0.5,1,2,3,4,',
      '',
    ]);
  });
});
