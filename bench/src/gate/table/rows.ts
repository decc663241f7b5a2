import type { Coding } from '../clips/clip.ts';
import { isTuning } from '../plan.ts';
import type { PlannedResult } from '../run-plan.ts';
import type { Visibility } from '../scoring/logistic.ts';
import { fitVisibility } from '../scoring/logistic.ts';
import { bestPoint, curveOf, youden } from '../scoring/operating-point.ts';
import type { JudgedClip, Rates } from '../scoring/rates.ts';
import { ratesOf } from '../scoring/rates.ts';

/** A gate in a row of the table: as it comes, or at the setting that was best on the tuning seeds. */
export interface GateRow extends Rates {
  readonly threshold: number;
  readonly gate: string;
  readonly tuned: 'default' | 'best';
  readonly setting: string;
  readonly hasRegions: boolean;
  /** CPU time, ms a frame; null where it can't be told from other work. The daemon's includes decoding. */
  readonly cpuMs: number | null;
  /** How recall depends on size and contrast; probes only. */
  readonly visibility: Visibility | null;
  /** Its rates at all thresholds of this setting. */
  readonly curve: readonly CurvePoint[];
}

/** Shares at one threshold. */
export interface CurvePoint {
  readonly threshold: number;
  readonly recall: number;
  readonly falsePositives: number;
  readonly passed: number;
}

/** One condition in one coding with one mix of subjects. */
export interface TableRow {
  readonly condition: string;
  readonly coding: Coding;
  readonly mix: string;
  /** False: the seeds that thresholds are chosen on, for want of others. */
  readonly isReported: boolean;
  /** CPU time of decoding, ms a frame. */
  readonly decodeMs: number | null;
  /** Ours first. */
  readonly gates: readonly GateRow[];
}

interface Setting {
  readonly gate: string;
  readonly setting: string;
  readonly isDefault: boolean;
  readonly threshold: number;
  readonly hasRegions: boolean;
  readonly tuning: JudgedClip[];
  readonly reporting: (JudgedClip & { readonly cpuMs: number | null })[];
}

export function tableOf(results: readonly PlannedResult[]): TableRow[] {
  const rows = Map.groupBy(results, ({ mix, clip }) => `${clip.condition} ${clip.coding} ${mix}`);
  const tuned = new Map<string, ReadonlyMap<string, Choice>>();
  return [...rows.values()].flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    const isReported = of.some(({ clip }) => !isTuning(clip));
    const settings = [...settingsOf(of, isReported).values()];
    const { condition, coding } = first.clip;
    const key = `${condition} ${coding}`;
    // A mix without tuning seeds of its own (probes) takes what was best for the mix before it.
    const choices = settings.some(({ tuning }) => tuning.length > 0) ? choicesOf(settings) : tuned.get(key);
    if (choices) tuned.set(key, choices);
    const decodes = of.flatMap(({ decodeMs }) => decodeMs ?? []);
    const gates = gateRows(settings, choices, first.mix === 'probes');
    return [{ condition, coding, mix: first.mix, isReported, decodeMs: meanOf(decodes), gates }];
  });
}

interface Choice {
  readonly setting: string;
  readonly threshold: number;
}

function settingsOf(results: readonly PlannedResult[], isReported: boolean): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const { clip, isEmpty, passages, gates } of results)
    for (const { gate, setting, isDefault, threshold, hasRegions, cpuMs, score } of gates) {
      const key = `${gate} ${setting}`;
      const known = settings.get(key) ?? {
        gate,
        setting,
        isDefault,
        threshold,
        hasRegions,
        tuning: [],
        reporting: [],
      };
      settings.set(key, known);
      const judged = { framesPerSecond: clip.framesPerSecond, isEmpty, passages, score, cpuMs };
      if (isReported && isTuning(clip)) known.tuning.push(judged);
      else known.reporting.push(judged);
    }
  return settings;
}

/** For each gate the setting and threshold with the greatest J on the tuning seeds. */
function choicesOf(settings: readonly Setting[]): Map<string, Choice> {
  const best = new Map<string, Choice & { readonly j: number }>();
  for (const { gate, setting, tuning } of settings) {
    const point = bestPoint(curveOf(tuning));
    const before = best.get(gate);
    if (point && (!before || youden(point) > before.j))
      best.set(gate, { setting, threshold: point.threshold, j: youden(point) });
  }
  return best;
}

function gateRows(
  settings: readonly Setting[],
  choices: ReadonlyMap<string, Choice> | undefined,
  isProbing: boolean,
): GateRow[] {
  const byGate = [...Map.groupBy(settings, ({ gate }) => gate)];
  const oursFirst = byGate.toSorted(([a], [b]) => Number(b === ourGate) - Number(a === ourGate));
  return oursFirst.flatMap(([gate, own]) => {
    const usual = own.find(({ isDefault }) => isDefault);
    const choice = choices?.get(gate);
    const best = choice && own.find(({ setting }) => setting === choice.setting);
    return [
      ...(usual ? [rowOf(usual, 'default', usual.threshold, isProbing)] : []),
      // Ours has one setting for every condition: its best is only of interest for others.
      ...(best && choice && gate !== ourGate ? [rowOf(best, 'best', choice.threshold, isProbing)] : []),
    ];
  });
}

export const ourGate = 'framegate';

function rowOf(setting: Setting, tuned: GateRow['tuned'], threshold: number, isProbing: boolean): GateRow {
  const { gate, hasRegions, reporting } = setting;
  return {
    gate,
    tuned,
    setting: setting.setting,
    hasRegions,
    threshold,
    ...ratesOf(reporting, threshold),
    cpuMs: meanOf(reporting.flatMap(({ cpuMs }) => cpuMs ?? [])),
    visibility: isProbing ? fitVisibility(probesOf(reporting, threshold)) : null,
    curve: curveOf(reporting).map((point) => ({
      threshold: point.threshold,
      recall: point.recall.share ?? 0,
      falsePositives: point.falsePositives.share ?? 0,
      passed: point.passed.share ?? 0,
    })),
  };
}

function probesOf(clips: readonly JudgedClip[], threshold: number) {
  return clips.flatMap(({ passages, score }) =>
    passages.flatMap(({ height, contrastLevels }, index) => {
      const seen = (score.passages[index]?.prompt ?? 0) >= threshold;
      return contrastLevels === null ? [] : [{ heightPx: height, contrastLevels, seen }];
    }),
  );
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
