import { describe, expect, it } from 'vitest';
import type { SentFrame } from './camera-messages.ts';
import { createCredit } from './credit.ts';
import { createFrameReport } from './frame-report.ts';

const sent = (seq: number): SentFrame => ({
  seq,
  kind: 'live',
  capturedAtUs: 0,
  gatedAtUs: 0,
  encodedAtUs: 0,
  width: 1,
  height: 1,
  sourceWidth: 1,
  sourceHeight: 1,
  regions: [],
  score: 0,
  work: {
    decodeMs: 0,
    gateMs: 0,
    encodeMs: 0,
  },
  jpeg: new Uint8Array(2),
});

describe('the report of a camera thread', () => {
  it('tells of each frame once, and balances: captured = runs + sent + growth of held', () => {
    const report = createFrameReport();
    const [a, b, c] = [report.captured(), report.captured(), report.captured()];
    report.ended(a, 'stopped');
    report.sent(sent(b));
    report.skipped(2, 'discarded:late');
    expect(report.take(1)).toEqual({
      type: 'frames',
      captured: 5,
      held: 1,
      runs: [
        [1, 1, 'stopped'],
        [4, 5, 'discarded:late'],
      ],
      sent: [sent(2)],
      undecoded: 0,
    });
    report.ended(c, 'stopped');
    expect(report.take(0)).toMatchObject({ captured: 0, held: 0, runs: [[3, 3, 'stopped']], sent: [] });
  });

  it('tells nothing when there is nothing new', () => {
    const report = createFrameReport();
    expect(report.take(0)).toBeUndefined();
    report.undecoded(3);
    expect(report.take(0)).toMatchObject({ captured: 3, runs: [[1, 3, 'stopped']], undecoded: 3 });
    report.captured();
    report.take(1);
    expect(report.take(1)).toBeUndefined();
  });
});

describe('the credit of a lossless camera', () => {
  it('lets as many frames out as it has, and one more for each that was taken', async () => {
    const credit = createCredit(2);
    const out: number[] = [];
    const takers = [1, 2, 3, 4].map((n) => credit.take().then(() => out.push(n)));
    await Promise.all(takers.slice(0, 2));
    expect(out).toEqual([1, 2]);
    credit.give();
    await takers[2];
    expect(out).toEqual([1, 2, 3]);
    credit.open();
    await takers[3];
    expect(out).toEqual([1, 2, 3, 4]);
  });
});
