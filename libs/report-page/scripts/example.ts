/** A page with everything that pages can show, made of invented numbers: `node libs/report-page/scripts/example.ts > example.html`. */
import type { Page, PlotPoint } from '../src/index.ts';
import { renderPage, rocPlot } from '../src/index.ts';

const seconds = Array.from({ length: 300 }, (_, i) => i);
const faulty = (s: number): boolean => s >= 120 && s < 180;
const latency = (s: number): number =>
  80 + 25 * Math.sin(s / 9) + (faulty(s) ? 420 * (1 - Math.exp((120 - s) / 8)) : 0);
const points = (of: (s: number) => number): PlotPoint[] => seconds.map((x) => ({ x, y: of(x) }));

const curve = (label: string, power: number) => ({
  label,
  points: [0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1].map((share) => ({
    falsePositiveShare: share,
    recall: Math.min(1, (share / 0.1) ** power),
  })),
});
const dot =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180"><rect width="320" height="180" fill="#678"/><circle cx="160" cy="90" r="40" fill="#fc6"/></svg>',
  );

const page: Page = {
  title: 'A narrow uplink for one minute',
  lead: 'Four cameras, an objective of 500 ms, and an uplink that falls from 25 to 5 Mbit/s at 2:00.',
  command: 'npx -y pnpm@12 chaos run narrow-uplink --seed 7',
  environment: { cpu: 'Example 9000', cores: 2, node: 'v26' },
  data: { json: { schema: 'framegate.report/1', results: ['<b>'] }, href: 'report.json' },
  sections: [
    {
      heading: 'What came of it',
      blocks: [
        {
          kind: 'text',
          text: 'The controller took the width of two cameras down within three seconds; no frame was lost, and quality came back in four probes.',
        },
        {
          kind: 'figures',
          figures: [
            { label: 'on time', value: '98.4', unit: '%', note: '11,816 of 12,008 due' },
            { label: 'p95', value: 212, unit: 'ms', note: 'objective 500 ms' },
            { label: 'violation-seconds', value: 14 },
            { label: 'ledger', value: 'balanced', note: '0 lost, 0 doubled' },
          ],
        },
        {
          kind: 'verdicts',
          verdicts: [
            { promise: 'Back within the objective 10 s after the fault', measured: '3.2 s', reached: true },
            { promise: 'At most 12 violation-seconds', measured: '14', reached: false },
            { promise: 'Memory grows less than 2 MB/h', measured: 'needs 2 h', reached: null },
          ],
        },
      ],
    },
    {
      heading: 'Over time',
      blocks: [
        {
          kind: 'plot',
          plot: {
            kind: 'xy',
            title: 'Latency of live frames.',
            description: 'It stays under the objective but for the first seconds of the fault.',
            x: { label: 'time', scale: 'time' },
            y: { label: 'latency (ms)' },
            series: [
              {
                label: 'p95',
                points: seconds.map((x) => ({
                  x,
                  y: latency(x),
                  low: latency(x) * 0.8,
                  high: latency(x) * 1.15,
                })),
              },
              { label: 'p50', points: points((s) => latency(s) * 0.6) },
            ],
            thresholds: [{ at: 500, label: 'objective 500 ms' }],
            spans: [{ from: 120, to: 180, label: 'uplink 5 Mbit/s' }],
          },
        },
        {
          kind: 'plot',
          height: 200,
          plot: {
            kind: 'xy',
            title: 'Width of each camera.',
            x: { label: 'time', scale: 'time' },
            y: { label: 'width (px)' },
            series: [0, 1, 2, 3, 4, 5].map((i) => ({
              label: `camera ${i + 1}`,
              draw: 'steps' as const,
              points: points((s) => (s < 122 + 2 * i || s > 200 + 12 * i ? 1280 : 640 - 60 * i)),
            })),
            spans: [{ from: 120, to: 180, label: 'uplink 5 Mbit/s' }],
          },
        },
        {
          kind: 'timeline',
          events: [
            {
              at: '2:02',
              title: 'Width of north/street 1280 to 640',
              text: 'p95 of 730 ms is over the objective; publishing takes 78 % of it.',
              details: [
                ['cause', 'uplink'],
                ['rung', '3 of 6'],
                ['expected', '−410 ms'],
              ],
            },
            { at: '3:20', title: 'Probe: north/street back to 1280' },
          ],
        },
      ],
    },
    {
      heading: 'Side by side',
      blocks: [
        {
          kind: 'plot',
          height: 380,
          plot: rocPlot({
            title: 'Recall over false positives, rain.',
            curves: [
              curve('this gate', 0.12),
              curve('MOG2', 0.4),
              curve('Frigate', 0.8),
              { label: 'motion', points: [{ falsePositiveShare: 0.04, recall: 0.7, label: 'as it ships' }] },
            ],
            maxFalsePositiveShare: 0.1,
            thresholds: [{ at: 0.03, axis: 'x', label: 'at most 3 %' }],
          }),
        },
        {
          kind: 'plot',
          plot: {
            kind: 'bars',
            title: 'CPU of one frame.',
            y: { label: 'ms' },
            groups: ['still scene', 'heavy rain', 'waving foliage', 'camera shake'],
            series: [
              {
                label: 'this gate',
                values: [0.2, 0.5, 0.7, 1.1].map((value) => ({ value, low: value * 0.9, high: value * 1.2 })),
              },
              {
                label: 'MOG2',
                values: [2.1, 2.4, 2.6, null].map((value) =>
                  value === null ? null : { value, low: value * 0.95, high: value * 1.1 },
                ),
              },
            ],
            thresholds: [{ at: 0.8, label: 'at most 0.8 ms' }],
          },
        },
        {
          kind: 'plot',
          plot: {
            kind: 'xy',
            title: 'What each encoder costs.',
            x: { label: 'CPU (ms)', scale: 'log' },
            y: { label: 'PSNR (dB)', domain: [30, 42] },
            series: [
              {
                label: 'ffmpeg',
                draw: 'points',
                points: [
                  { x: 1.2, y: 33, label: 'q 60' },
                  { x: 3.6, y: 38, label: 'q 90' },
                ],
              },
              {
                label: 'sharp',
                draw: 'points',
                points: [
                  { x: 6, y: 33.4, label: 'q 60' },
                  { x: 11.5, y: 38.2, label: 'q 90' },
                ],
              },
            ],
          },
        },
        {
          kind: 'table',
          caption: 'All conditions',
          columns: [
            { label: 'gate' },
            { label: 'events' },
            { label: 'recall', format: '.1%', best: 'highest' },
            { label: 'false positives', format: '.2%', best: 'lowest' },
            { label: 'ms/frame', format: '.2f', best: 'lowest' },
            { label: 'remark' },
          ],
          groups: [
            {
              heading: 'rain',
              rows: [
                ['this gate', 312, 0.997, 0.002, 0.51, ''],
                ['MOG2', 312, 0.981, 0.34, 2.4, 'at its best threshold'],
                ['Frigate', 312, 0.97, 0.98, 0.4, null],
              ],
            },
            {
              heading: 'night',
              rows: [
                ['this gate', 304, 0.99, 0.001, 0.31, null],
                ['MOG2', 304, 0.95, 0.04, 2.1, 'at its best threshold'],
              ],
            },
          ],
          note: 'Bold: best of the condition.',
        },
        {
          kind: 'pictures',
          caption: 'What the gate marked',
          pictures: ['0:12', '0:48', '1:30'].map((at) => ({
            src: dot,
            alt: `A lamp at ${at}`,
            caption: `${at}, score 3.2 of 4.0`,
            width: 320,
            height: 180,
          })),
        },
        { kind: 'code', code: 'curl -s http://127.0.0.1:9101/readyz' },
      ],
    },
  ],
};
console.log(renderPage(page));
