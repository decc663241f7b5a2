import type { ProfilePoint } from '@framegate/control';
import { bytesPerSecond, servicePerSecond } from '@framegate/control';
import type { FootageMeasurement, MeasuredPoint } from '@framegate/footage-profile';
import type { Block, Page } from '@framegate/report-page';
import { lookText } from './profile-summary.ts';

type Made = Required<Pick<Page, 'command' | 'environment' | 'madeAt'>>;

/** What was measured as a page: accuracy over either cost, and the Pareto set as a table. */
export function profilePage(measured: FootageMeasurement, front: readonly MeasuredPoint[], made: Made): Page {
  const { clips, top, points } = measured;
  const names = clips.map(({ name, frames, objects }) => `${name} (${frames} frames, ${objects} objects)`);
  return {
    title: 'What settings cost and are worth',
    lead: `${names.join(', ')}. Accuracy is F1 at an IoU of 0.5 of what a consumer sees at the time of each source frame, the last result held until the next, against ${lookText(top)} at every frame.`,
    ...made,
    data: { json: { clips, top, points } },
    sections: [
      {
        heading: 'Accuracy over cost',
        blocks: [
          plot('Accuracy over bytes', 'bytes/s', points, front, bytesPerSecond),
          plot(
            'Accuracy over service time',
            'ms of one worker, each second',
            points,
            front,
            servicePerSecond,
          ),
          text,
        ],
      },
      { heading: 'Pareto set', blocks: [table(front)] },
    ],
  };
}

const text: Block = {
  kind: 'text',
  text: 'Costs are while there is motion; the gate stops all other frames. A setting belongs to the Pareto set where no other has as many frames a second and as much accuracy for as few bytes and as little service a second, so in one plot alone a point of it may seem beaten.',
};

function plot(
  title: string,
  label: string,
  points: readonly MeasuredPoint[],
  front: readonly MeasuredPoint[],
  costOf: (point: ProfilePoint) => number,
): Block {
  const dots = (of: readonly MeasuredPoint[]) => of.map((point) => ({ x: costOf(point), y: point.accuracy }));
  const others = points.filter((point) => !front.includes(point));
  return {
    kind: 'plot',
    plot: {
      kind: 'xy',
      title,
      description: 'Each point is a frame rate, width, quality and model.',
      x: { label, scale: 'log', format: '~s' },
      y: { label: 'accuracy (F1)', domain: [0, 1] },
      series: [
        { label: 'Pareto set', draw: 'points', points: dots(front) },
        { label: 'beaten', draw: 'points', points: dots(others) },
      ],
    },
  };
}

function table(front: readonly MeasuredPoint[]): Block {
  const hasTruth = front.some(({ truthAccuracy }) => truthAccuracy !== undefined);
  return {
    kind: 'table',
    caption: 'Settings that no other beats, the most accurate first',
    columns: [
      { label: 'setting' },
      { label: 'accuracy', format: '.3f' },
      ...(hasTruth ? [{ label: 'against the truth', format: '.3f' }] : []),
      { label: 'bytes/frame', format: ',.0f' },
      { label: 'kB/s', format: ',.1f' },
      { label: 'service ms/frame', format: ',.1f' },
      { label: 'service ms/s', format: ',.0f' },
    ],
    groups: [
      {
        rows: front
          .toReversed()
          .map((point) => [
            `${point.framesPerSecond}/s, ${lookText(point)}`,
            point.accuracy,
            ...(hasTruth ? [point.truthAccuracy ?? null] : []),
            point.bytesPerFrame,
            bytesPerSecond(point) / 1000,
            point.serviceMs,
            servicePerSecond(point),
          ]),
      },
    ],
  };
}
