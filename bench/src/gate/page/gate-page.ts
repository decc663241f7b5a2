import type { Block, Page, RowGroup, Section, Verdict } from '@framegate/report-page';
import { rocPlot } from '@framegate/report-page';
import { costSection } from '../cost/cost-table.ts';
import type { CostTable } from '../cost/measure-costs.ts';
import { footageSection } from '../footage/footage-table.ts';
import type { FootageRow } from '../footage/judge-footage.ts';
import type { ConditionPictures } from '../pictures/condition-pictures.ts';
import { jpegDataUrl } from '../pictures/strip.ts';
import { contrastAt, heightAt } from '../scoring/logistic.ts';
import {
  levelsText,
  mostFalsePositives,
  pixelsText,
  probeContrasts,
  probeHeights,
  sureChance,
} from '../table/goals.ts';
import type { CurvePoint, GateRow, TableRow } from '../table/rows.ts';

export interface GateReport {
  readonly startedAt: string;
  readonly environment: Readonly<Record<string, string | number>>;
  readonly results: readonly TableRow[];
  readonly costs: readonly CostTable[];
  readonly footage: readonly FootageRow[];
  readonly verdicts: readonly Verdict[];
}

const texts = {
  title: 'The motion gate beside the known ones',
  lead:
    'Every gate saw the same pixels. Recall: events seen within 0.5 s; false frames: motion in frames without any object. ' +
    '"best" is the setting and threshold with the greatest recall less false frames on other seeds, for each condition.',
};

/** The report as a page. The curves, tables and pictures of all that was measured. */
export async function gatePage(
  report: GateReport,
  options: readonly string[],
  pictures: readonly ConditionPictures[],
): Promise<Page> {
  const sections: Section[] = [
    { heading: 'Goals', blocks: [{ kind: 'verdicts', verdicts: report.verdicts }] },
    { heading: 'Table', blocks: tables(report.results) },
    { heading: 'Size and contrast', blocks: probeTable(report.results) },
    { heading: 'Curves', blocks: curves(report.results) },
    { heading: 'Pictures', blocks: await pictureBlocks(pictures) },
    ...(report.costs.length > 0 ? [costSection(report.costs)] : []),
    ...(report.footage.length > 0 ? [footageSection(report.footage)] : []),
  ];
  return {
    ...texts,
    madeAt: new Date(report.startedAt),
    command: ['npx -y pnpm@12 bench gate', ...options].join(' '),
    environment: report.environment,
    sections: sections.filter(({ blocks }) => blocks.length > 0),
  };
}

function tables(rows: readonly TableRow[]): Block[] {
  return [...Map.groupBy(rows, ({ mix }) => mix)].map(([mix, of]) => ({
    kind: 'table',
    caption: `Subjects: ${mix}`,
    columns: [
      { label: 'gate' },
      { label: 'recall', format: '.1%', best: 'highest' },
      { label: '95 %' },
      { label: 'events' },
      { label: 'ever', format: '.1%', best: 'highest' },
      { label: 'false frames', format: '.1%', best: 'lowest' },
      { label: '95 %' },
      { label: 'empty' },
      { label: 'passed', format: '.0%' },
      { label: 'region IoU', format: '.2f', best: 'highest' },
      { label: 'CPU ms', format: '.2f' },
    ],
    groups: of.map(tableGroup),
    note: 'CPU is that of the gate alone, without decoding; that of motion includes it.',
  }));
}

function tableGroup({ condition, coding, decodeMs, gates }: TableRow): RowGroup {
  const decoding = decodeMs === null ? '' : `, decoding ${decodeMs.toFixed(1)} ms`;
  return {
    heading: `${condition}, ${coding}${decoding}`,
    rows: gates.map((gate) => [
      nameOf(gate),
      gate.recall.share,
      rangeText(gate.recall),
      gate.recall.count,
      gate.recallEver.share,
      gate.falsePositives.share,
      rangeText(gate.falsePositives),
      gate.falsePositives.count,
      gate.passed.share,
      gate.regionIou,
      gate.cpuMs,
    ]),
  };
}

function probeTable(rows: readonly TableRow[]): Block[] {
  const probing = rows.filter(({ gates }) => gates.some(({ visibility }) => visibility !== null));
  if (probing.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Where recall crosses 95 %, by a logistic fit over size and contrast of the probes',
      columns: [
        { label: 'gate' },
        ...probeHeights.map((px) => ({ label: `levels at ${px} px` })),
        ...probeContrasts.map((levels) => ({ label: `px at +${levels}` })),
      ],
      groups: probing.map(({ condition, coding, gates }) => ({
        heading: `${condition}, ${coding}`,
        rows: gates.flatMap((gate) => {
          const { visibility: fit } = gate;
          if (!fit) return [];
          const levels = probeHeights.map((px) => levelsText(contrastAt(fit, px, sureChance)));
          const heights = probeContrasts.map((contrast) => pixelsText(heightAt(fit, contrast, sureChance)));
          return [[nameOf(gate), ...levels, ...heights]];
        }),
      })),
    },
  ];
}

function curves(rows: readonly TableRow[]): Block[] {
  return rows
    .filter(({ mix }) => mix !== 'probes')
    .map(({ condition, coding, mix, gates }) => ({
      kind: 'plot',
      plot: rocPlot({
        title: `${condition}, ${coding}, ${mix}`,
        maxFalsePositiveShare: 0.3,
        minRecall: 0.5,
        curves: [...Map.groupBy(gates, ({ gate }) => gate)].map(([gate, of]) => ({
          label: gate,
          points: frontier(of.flatMap(({ curve }) => curve)).map(({ falsePositives, recall }) => ({
            falsePositiveShare: falsePositives,
            recall,
          })),
        })),
        description: `Goal: recall 98 %, false frames at most ${100 * mostFalsePositives(condition)} %.`,
      }),
    }));
}

/** Points that no other of the same gate beats, over all its settings. */
function frontier(points: readonly CurvePoint[]): CurvePoint[] {
  let most = -1;
  return points
    .toSorted((a, b) => a.falsePositives - b.falsePositives || b.recall - a.recall)
    .filter(({ recall }) => {
      if (recall <= most) return false;
      most = recall;
      return true;
    });
}

async function pictureBlocks(conditions: readonly ConditionPictures[]): Promise<Block[]> {
  return Promise.all(
    conditions.map(async ({ condition, pictures }) => ({
      kind: 'pictures' as const,
      caption: condition,
      pictures: await Promise.all(
        pictures.map(async ({ gate, marks, image }) => ({
          src: await jpegDataUrl(image),
          alt: `${condition}: ${gate} marks ${marks} places`,
          caption: gate,
          width: image.width,
          height: image.height,
        })),
      ),
    })),
  );
}

function nameOf({ gate, tuned, setting }: GateRow): string {
  return tuned === 'best' ? `${gate}, best (${setting})` : gate;
}

function rangeText({ low, high }: GateRow['recall']): string {
  return `${(100 * low).toFixed(1)}-${(100 * high).toFixed(1)}`;
}
