import type { Series, Threshold, XyPlot } from './plot.ts';

export interface RocCurve {
  readonly label: string;
  /** Shares from 0 to 1, one for each setting. */
  readonly points: readonly {
    readonly falsePositiveShare: number;
    readonly recall: number;
    readonly label?: string;
  }[];
}

/**
 * Recall over false positives, a curve for each detector. What nobody would set (more than `maxFalsePositiveShare`)
 * is left out; recall below `minRecall` lies on the lower edge.
 */
export function rocPlot(options: {
  readonly title: string;
  readonly description?: string;
  readonly curves: readonly RocCurve[];
  readonly maxFalsePositiveShare?: number;
  readonly minRecall?: number;
  readonly thresholds?: readonly Threshold[];
}): XyPlot {
  const { curves, maxFalsePositiveShare = 1, minRecall = 0, thresholds, ...texts } = options;
  return {
    kind: 'xy',
    ...texts,
    x: { label: 'false-positive frames', domain: [0, maxFalsePositiveShare], format: '.0~%' },
    y: { label: 'recall', domain: [minRecall, 1], format: '.0%' },
    series: curves.map(seriesOf),
    ...(thresholds && { thresholds }),
  };
}

function seriesOf({ label, points }: RocCurve): Series {
  const inOrder = points.toSorted(
    (a, b) => a.falsePositiveShare - b.falsePositiveShare || a.recall - b.recall,
  );
  return {
    label,
    draw: points.length === 1 ? 'points' : 'line',
    points: inOrder.map(({ falsePositiveShare, recall, ...rest }) => ({
      x: falsePositiveShare,
      y: recall,
      ...rest,
    })),
  };
}
