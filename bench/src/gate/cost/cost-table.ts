import type { Section } from '@framegate/report-page';
import type { CostTable } from './measure-costs.ts';

export function costText(tables: readonly CostTable[]): string {
  return tables
    .flatMap(({ clip, costs }) => [
      `whole programs on ${`${clip} (H.264)`.padEnd(29)} CPU ms a frame   of that the gate    95 %   peak memory`,
      ...costs.map(({ program, cpuMs, gateMs, gateP95Ms, peakBytes }) =>
        [
          `  ${program}`.padEnd(41),
          cpuMs.toFixed(2).padStart(15),
          (gateMs?.toFixed(2) ?? '-').padStart(19),
          (gateP95Ms?.toFixed(2) ?? '-').padStart(8),
          `${(peakBytes / 1e6).toFixed(0)} MB`.padStart(14),
        ].join(''),
      ),
    ])
    .join('\n');
}

export function costSection(tables: readonly CostTable[]): Section {
  return {
    heading: 'Cost of whole programs',
    blocks: [
      {
        kind: 'table',
        caption: 'Decoding and gate in one thread, on the same coded clip',
        columns: [
          { label: 'program' },
          { label: 'CPU ms a frame', format: '.2f', best: 'lowest' },
          { label: 'of that the gate', format: '.2f', best: 'lowest' },
          { label: '95 % of frames', format: '.2f' },
          { label: 'peak memory, MB', format: '.0f', best: 'lowest' },
        ],
        groups: tables.map(({ clip, costs }) => ({
          heading: clip,
          rows: costs.map(({ program, cpuMs, gateMs, gateP95Ms, peakBytes }) => [
            program,
            cpuMs,
            gateMs,
            gateP95Ms,
            peakBytes / 1e6,
          ]),
        })),
        note: 'Memory of ours includes Node, that of Frigate’s algorithm, MOG2, KNN and the difference Python.',
      },
    ],
  };
}
