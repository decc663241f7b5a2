import { analysisLedger } from '@framegate/analysis';
import { createCloudLedger, createEdgeLedger } from '@framegate/frame-ledger';
import { describe, expect, it } from 'vitest';
import { summaryLines, warningLines } from './summary.ts';

function recording(problem: string | null = null, failure: string | null = null, undecodable = 0) {
  const [edge, cloud] = [createEdgeLedger(), createCloudLedger()];
  edge.captured(10);
  edge.ended('stopped', 7);
  edge.ended('published', 3);
  for (const outcome of ['analysed', 'analysed', failure === null ? 'analysed' : 'failed'] as const) {
    cloud.delivered();
    cloud.received();
    cloud.ended(outcome);
  }
  const found = { person: 2, car: 5 };
  return { edge: edge.counts(), cloud: cloud.counts(), problem, failure, undecodable, found };
}

describe('the summary of an analysis', () => {
  it('tells frames, rate, objects and files', () => {
    const analysed = [recording(), recording()];
    const facts = { seconds: 4, out: 'r.jsonl', annotated: ['a.mp4'] };
    expect(summaryLines(analysed, analysisLedger(analysed), facts)).toEqual([
      '2 files, 20 frames in 4.0 s (5.0 frames/s): 14 stopped by the gate, 6 analysed',
      'found 10 car, 4 person',
      'written r.jsonl, a.mp4; ledger balanced',
    ]);
  });

  it('has no warning when all went well', () => {
    expect(warningLines([{ name: 'a' }], [recording()], { balanced: true })).toEqual([]);
  });

  it('warns of what is cut short, failed, without picture, and of a ledger that does not balance', () => {
    const names = [{ name: 'a.mp4' }, { name: 'b.mp4' }];
    const analysed = [recording('a.mp4: the file is cut short.'), recording(null, 'frame 3: no', 2)];
    expect(warningLines(names, analysed, { balanced: false })).toEqual([
      'a.mp4: the file is cut short. The 3 analysed frames are written.',
      'b.mp4: 1 frames could not be analysed, first frame 3: no',
      'b.mp4: 2 packets held no picture and were passed over.',
      'the ledger does not balance: frames were lost',
    ]);
  });
});
