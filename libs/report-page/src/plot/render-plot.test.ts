import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series, XyPlot } from './plot.ts';
import { renderPlot } from './render-plot.ts';
import { rocPlot } from './roc.ts';

const size = { width: 640, height: 320, theme: 'light' as const };
const axes = { x: { label: 'x' }, y: { label: 'y' } };
const plotOf = (series: readonly Series[]): XyPlot => ({ kind: 'xy', title: 'A plot', ...axes, series });
const linePath = (svg: string): string => /<path class="line s0"[^>]* d="([^"]*)"/.exec(svg)?.[1] ?? '';
const numbersIn = (path: string): number[] => (path.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);

describe('renderPlot', () => {
  it('keeps every line within the picture, whatever the values', () => {
    const value = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    const points = fc.array(fc.record({ x: value, y: fc.option(value) }), { maxLength: 60 });
    fc.assert(
      fc.property(points, fc.constantFrom('line', 'steps', 'points'), (some, draw) => {
        const inOrder = some.toSorted((a, b) => a.x - b.x);
        const svg = renderPlot(plotOf([{ label: 'a', draw, points: inOrder }]), size);
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        expect(numbersIn(linePath(svg)).every((place) => place >= 0 && place <= 640)).toBe(true);
      }),
    );
  });

  it('interrupts a line where there is no value', () => {
    const points = [1, 2, null, 3, 4].map((y, x) => ({ x, y }));
    expect(linePath(renderPlot(plotOf([{ label: 'a', points }]), size)).match(/M/g)).toHaveLength(2);
  });

  it('holds a value until the next one where steps are asked for', () => {
    const points = [{ x: 0, y: 0 }, { x: 10, y: 1 }]; // prettier-ignore
    const places = numbersIn(linePath(renderPlot(plotOf([{ label: 'a', draw: 'steps', points }]), size)));
    // Along the first value up to the second moment, and only then up.
    expect(places[3]).toBe(places[1]);
    expect(places[2]).toBe(places[4]);
  });

  it('tells series by more than colour', () => {
    const points = [{ x: 0, y: 0 }, { x: 1, y: 1 }]; // prettier-ignore
    const svg = renderPlot(plotOf(['a', 'b', 'c'].map((label) => ({ label, points }))), size);
    const dashes = [...svg.matchAll(/<path class="line s\d"(?: stroke-dasharray="([^"]*)")?/g)].map(
      ([, dash]) => dash,
    );
    expect(new Set(dashes).size).toBe(3);
  });

  it('has a title and a description for who can not see it', () => {
    const svg = renderPlot({ ...plotOf([]), description: 'Flat.' }, size);
    expect(svg).toContain('role="img"');
    expect(svg).toContain('>A plot</title>');
    expect(svg).toContain('>Flat.</desc>');
  });

  it('draws thresholds, spans and their names', () => {
    const svg = renderPlot(
      {
        ...plotOf([{ label: 'a', points: [{ x: 0, y: 1 }, { x: 100, y: 2 }] }]), // prettier-ignore
        thresholds: [{ at: 5, label: 'objective' }],
        spans: [{ from: 20, to: 60, label: 'a fault' }],
      },
      size,
    );
    expect(svg).toMatch(/class="threshold".*objective/s);
    expect(svg).toMatch(/class="span warning".*a fault/s);
  });

  it('draws bars from 0, with whiskers', () => {
    const svg = renderPlot(
      {
        kind: 'bars', title: 'Bars', y: { label: 'ms' }, groups: ['one', 'two'],
        series: [{ label: 'a', values: [{ value: 4, low: 3, high: 5 }, null] }],
      }, // prettier-ignore
      size,
    );
    expect(svg.match(/class="bar s0"/g)).toHaveLength(1);
    expect(svg.match(/class="whisker"/g)).toHaveLength(1);
  });

  it('draws a bar for each stretch of a lane, never too thin to be seen', () => {
    const lanes = [{ label: 'rain', spans: [{ from: 0, to: 60 }, { from: 80, to: 80 }] }, { label: 'shake', spans: [] }]; // prettier-ignore
    const svg = renderPlot(
      { kind: 'lanes', title: 'Causes', x: { label: 'time', scale: 'time' }, lanes },
      size,
    );
    const widths = [...svg.matchAll(/class="bar s0"[^>]* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toHaveLength(2);
    expect(Math.min(...widths)).toBeGreaterThan(1);
  });

  it('refers to nothing outside', () => {
    const svg = renderPlot(plotOf([]), size);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|href|src=/);
  });
});

describe('rocPlot', () => {
  it('goes from few false positives to many, whatever order the settings came in', () => {
    const points = [0.3, 0.1, 0.2].map((share) => ({ falsePositiveShare: share, recall: share }));
    const [series] = rocPlot({ title: 'ROC', curves: [{ label: 'a', points }] }).series;
    expect(series?.points.map(({ x }) => x)).toEqual([0.1, 0.2, 0.3]);
  });
});
