import type { NamedPolygon } from '@framegate/contracts';
import type { Block, Mark, Page, Picture } from '@framegate/report-page';
import { renderPage, timeText } from '@framegate/report-page';
import { advise, describe } from './advice.ts';
import { causes } from './causes.ts';
import type { Explanation } from './explain.ts';
import { causesPlot, noisePlot, regionsPlot, scorePlot } from './explanation-plots.ts';
import type { RegionBox } from './frame-record.ts';
import { scoreText } from './frame-record.ts';
import { eventsOf } from './stretches.ts';

export interface PageFacts {
  /** Without credentials. */
  readonly source: string;
  readonly command: string;
  readonly environment: Readonly<Record<string, string | number>>;
}

/** The explanation as one HTML file. */
export function explanationPage(
  explanation: Explanation,
  { source, command, environment }: PageFacts,
): string {
  const { summary, settings, width, height } = explanation;
  const page: Page = {
    title: 'What the motion gate saw',
    lead: `${source}, ${width}×${height}, ${timeText(summary.seconds)}, at a sensitivity of ${settings.sensitivity}.`,
    command,
    environment,
    data: { json: { source, width, height, settings, summary } },
    sections: [
      { heading: 'In short', blocks: [keyFigures(explanation), { kind: 'text', text: describe(summary) }] },
      { heading: 'What to change', blocks: [{ kind: 'text', text: advise(summary, settings) }] },
      { heading: 'Over time', blocks: plots(explanation) },
      { heading: 'Pictures', blocks: [pictures(explanation)] },
      { heading: 'Events', blocks: [eventsTable(explanation)] },
      { heading: 'Causes', blocks: [causesTable(explanation)] },
    ],
  };
  const { pictures: taken, frames } = explanation;
  const hasEvents = frames.some(({ motion }) => motion);
  const shown = page.sections.filter(
    ({ heading }) => (heading !== 'Pictures' || taken.length > 0) && (heading !== 'Events' || hasEvents),
  );
  return renderPage({ ...page, sections: shown });
}

function keyFigures({ summary }: Explanation): Block {
  const { frames, passed, events, noise } = summary;
  return {
    kind: 'figures',
    figures: [
      {
        label: 'passed',
        value: ((100 * passed) / frames).toFixed(1),
        unit: '%',
        note: `${passed} of ${frames} frames`,
      },
      { label: 'events', value: events },
      { label: 'noise', value: noise.toFixed(2), unit: 'levels', note: 'standard deviation, of 255' },
    ],
  };
}

function plots(explanation: Explanation): Block[] {
  const lanes = causesPlot(explanation);
  return [
    { kind: 'plot', plot: scorePlot(explanation), height: 260 },
    { kind: 'plot', plot: lanes, height: 60 + 34 * lanes.lanes.length },
    { kind: 'plot', plot: regionsPlot(explanation), height: 200 },
    { kind: 'plot', plot: noisePlot(explanation), height: 200 },
  ];
}

function pictures(explanation: Explanation): Block {
  const { settings, width, height } = explanation;
  const shown = explanation.pictures.map(({ why, record, src, width: wide, height: high }): Picture => {
    const scale = { x: wide / width, y: high / height };
    const cause = causes[record.suppressed].name;
    const state = {
      event: 'event begins',
      peak: 'its highest score',
      suppressed: `held back: ${cause}`,
      quiet: 'quiet',
    }[why];
    return {
      src, width: wide, height: high,
      alt: `The picture at ${timeText(record.timeSeconds)}, ${record.regions.length} regions with motion`,
      caption: `${timeText(record.timeSeconds)} ${state}, score ${scoreText(record.score)}`,
      marks: [
        ...areas(settings.zones, 'expected', 'zone', wide, high),
        ...areas(settings.motionMasks, 'masked', 'motion mask', wide, high),
        ...areas(settings.privacyMasks, 'hidden', 'privacy mask', wide, high),
        ...record.regions.map((region) => regionMark(region, scale)),
      ],
    }; // prettier-ignore
  });
  return { kind: 'pictures', caption: captionOf(settings), pictures: shown };
}

function captionOf({ motionMasks, privacyMasks, zones }: Explanation['settings']): string {
  const shown = [
    'Amber: regions with motion',
    motionMasks.length > 0 && 'dotted, darkened: motion masks',
    privacyMasks.length > 0 && 'black: privacy masks',
    zones.length > 0 && 'dashed blue: zones',
  ];
  return `${shown.filter((part) => part !== false).join('; ')}.`;
}

function areas(
  named: readonly NamedPolygon[],
  tone: Mark['tone'],
  kind: string,
  width: number,
  height: number,
): Mark[] {
  return named.map(({ name, polygon }) => ({
    tone,
    label: `${kind} ${name}`,
    polygon: polygon.map(([x, y]) => [x * width, y * height] as const),
  }));
}

function regionMark([x, y, width, height]: RegionBox, scale: { x: number; y: number }): Mark {
  const corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]] as const; // prettier-ignore
  return {
    tone: 'found',
    label: 'motion',
    polygon: corners.map(([px, py]) => [px * scale.x, py * scale.y] as const),
  };
}

function eventsTable({ frames }: Explanation): Block {
  const rows = eventsOf(frames).map(({ from, to, frames: within }, i) => {
    const strongest = within.reduce((most, { score }) => Math.max(most, score), 0);
    return [i + 1, timeText(from), Math.round((to - from) * 100) / 100, within.length, strongest];
  });
  return {
    kind: 'table',
    caption: 'Motion from its beginning to its end, pauses of up to a second included',
    columns: [
      { label: 'event' },
      { label: 'at' },
      { label: 'seconds', format: '.1f' },
      { label: 'frames with motion' },
      { label: 'highest score', format: '.2f' },
    ],
    groups: [{ rows }],
  };
}

function causesTable({ summary }: Explanation): Block {
  const rows = summary.suppressed.map(({ cause, frames }) => [
    causes[cause].name,
    frames,
    frames / summary.frames,
    causes[cause].meaning,
  ]);
  return {
    kind: 'table',
    caption: 'Why changes were not called motion',
    columns: [
      { label: 'cause' },
      { label: 'frames' },
      { label: 'share', format: '.1%' },
      { label: 'what it is' },
    ],
    groups: [{ rows }],
  };
}
