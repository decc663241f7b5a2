import { contrastAt, heightAt } from '../scoring/logistic.ts';
import type { Share } from '../scoring/wilson.ts';
import type { Verdict } from './goals.ts';
import { levelsText, percent, pixelsText, probeContrasts, probeHeights, sureChance } from './goals.ts';
import type { GateRow, TableRow } from './rows.ts';

/** The table as lines of text, a row's gates one below the other. */
export function tableText(rows: readonly TableRow[]): string {
  return rows.flatMap((row) => ['', headOf(row), columns, ...row.gates.map(gateLine)]).join('\n');
}

function headOf({ condition, coding, mix, isReported, decodeMs }: TableRow): string {
  const seeds = isReported ? '' : ', on the seeds for tuning';
  const decoding = decodeMs === null ? '' : `, decoding ${decodeMs.toFixed(1)} ms`;
  return `${condition}, ${coding}, ${mix}${seeds}${decoding}`;
}

const columns =
  '  gate                    in 0.5 s  (95 %)       events   ever | false frames (95 %)     empty | passed   IoU  CPU ms';

function gateLine(gate: GateRow): string {
  const { recall, recallEver, falsePositives, passed, regionIou, cpuMs } = gate;
  return [
    `  ${gate.gate} ${gate.tuned === 'best' ? 'best' : ''}`.padEnd(24),
    percent(recall.share).padStart(10),
    `  ${rangeText(recall)}`.padEnd(15),
    String(recall.count).padStart(6),
    percent(recallEver.share, 0).padStart(7),
    ' |',
    percent(falsePositives.share).padStart(13),
    `  ${rangeText(falsePositives)}`.padEnd(13),
    String(falsePositives.count).padStart(6),
    ' |',
    percent(passed.share, 0).padStart(7),
    (regionIou?.toFixed(2) ?? '-').padStart(6),
    (cpuMs?.toFixed(2) ?? '-').padStart(8),
    gate.tuned === 'best' ? `  ${gate.setting}, from ${Number(gate.threshold.toPrecision(3))}` : '',
    ...visibilityOf(gate),
  ].join('');
}

/** Where recall crosses 95 %. */
function visibilityOf({ visibility }: GateRow): string[] {
  if (!visibility) return [];
  const contrasts = probeHeights.map(
    (px) => `${px} px ${levelsText(contrastAt(visibility, px, sureChance))}`,
  );
  const sizes = probeContrasts.map(
    (levels) => `+${levels} ${pixelsText(heightAt(visibility, levels, sureChance))}`,
  );
  return [`\n      95 % from levels: ${contrasts.join(', ')}; from pixels of height: ${sizes.join(', ')}`];
}

function rangeText({ low, high }: Share): string {
  return `${(100 * low).toFixed(1)}-${(100 * high).toFixed(1)}`;
}

export function verdictText({ promise, measured, reached }: Verdict): string {
  const word = reached === null ? 'not measured' : reached ? 'reached' : 'MISSED';
  return `${word.padEnd(13)}${promise}: ${measured}`;
}
