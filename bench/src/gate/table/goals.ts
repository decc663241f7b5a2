import { youden } from '../scoring/operating-point.ts';
import type { GateRow, TableRow } from './rows.ts';
import { ourGate } from './rows.ts';

/** What was promised of one thing, what came out, and whether that is reached; null: not measured. */
export interface Verdict {
  readonly promise: string;
  readonly measured: string;
  readonly reached: boolean | null;
}

const leastRecall = 0.98;
const fewestEvents = 300;
/** Where leaves, lamps and animals move by themselves; all other conditions have to be quieter. */
const restless = new Set(['foliage', 'headlights', 'shake', 'insects']);

export function mostFalsePositives(condition: string): number {
  return restless.has(condition) ? 0.05 : 0.03;
}

/** The goals of recall and false positives for each row of normal contrast, and who is better where. */
export function rowVerdicts(rows: readonly TableRow[]): Verdict[] {
  return rows
    .filter(({ mix }) => mix === 'everyday')
    .flatMap((row) => {
      const ours = row.gates.find(({ gate }) => gate === ourGate);
      return ours ? [recallVerdict(row, ours), falsePositiveVerdict(row, ours), peerVerdict(row, ours)] : [];
    });
}

function recallVerdict({ condition, coding }: TableRow, { recall }: GateRow): Verdict {
  const { hits, count, share, low, high } = recall;
  const few = count < fewestEvents ? `; under ${fewestEvents} events` : '';
  return {
    promise: `${condition}, ${coding}: recall >= ${percent(leastRecall, 0)} within 0.5 s`,
    measured: `${percent(share)} (${hits} of ${count}, ${percent(low)} to ${percent(high)}${few})`,
    reached: share === null ? null : share >= leastRecall,
  };
}

function falsePositiveVerdict({ condition, coding }: TableRow, { falsePositives }: GateRow): Verdict {
  const most = mostFalsePositives(condition);
  const { hits, count, share, low, high } = falsePositives;
  return {
    promise: `${condition}, ${coding}: false frames <= ${percent(most, 0)} of the empty ones`,
    measured: `${percent(share)} (${hits} of ${count}, ${percent(low)} to ${percent(high)})`,
    reached: share === null ? null : share <= most,
  };
}

/** Better is a greater J, recall less false frames; equal counts as not worse. */
function peerVerdict({ condition, coding, gates }: TableRow, ours: GateRow): Verdict {
  const peers = gates.filter(({ gate }) => gate !== ourGate);
  const better = peers.filter((peer) => youden(peer) > youden(ours));
  const strongest = peers.toSorted((a, b) => youden(b) - youden(a))[0];
  return {
    promise: `${condition}, ${coding}: no other gate is better (recall less false frames)`,
    measured: [
      `ours ${youden(ours).toFixed(3)}`,
      ...(better.length > 0 ? better : strongest ? [strongest] : []).map(
        (peer) => `${peer.gate} ${peer.tuned} ${youden(peer).toFixed(3)}`,
      ),
    ].join(', '),
    reached: peers.length === 0 ? null : better.length === 0,
  };
}

export const sureChance = 0.95;
/** Pixels. */
export const probeHeights = [32, 80, 150] as const;
/** Luma levels. */
export const probeContrasts = [10, 22, 45] as const;
/** What the probes span: a fit says nothing beyond. */
const contrasts = { least: 6, most: 60 } as const;
const heights = { least: 20, most: 160 } as const;

export function levelsText(levels: number | null): string {
  return rangeText(levels, contrasts);
}

export function pixelsText(pixels: number | null): string {
  return rangeText(pixels, heights);
}

function rangeText(value: number | null, { least, most }: { least: number; most: number }): string {
  if (value === null || !(value <= most)) return `> ${most}`;
  return value < least ? `< ${least}` : value.toFixed(0);
}

export function percent(share: number | null, digits = 1): string {
  return share === null ? '-' : `${(100 * share).toFixed(digits)} %`;
}
