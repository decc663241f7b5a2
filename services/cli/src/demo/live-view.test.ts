import { stripVTControlCharacters } from 'node:util';
import type { DecisionRecord } from '@framegate/contracts';
import { emptyCloudCounts, emptyEdgeCounts } from '@framegate/frame-ledger';
import type { CameraView } from '@framegate/run-observer';
import { describe, expect, it } from 'vitest';
import type { ViewState } from './live-view.ts';
import { renderView } from './live-view.ts';

const camera: CameraView = {
  cameraId: 'demo/street',
  state: 'online',
  reason: '',
  capturedPerSecond: 25,
  gatedShare: 0.8,
  publishedPerSecond: 5,
  objects: { person: 2, car: 1 },
  ageP50Ms: 40,
  ageP95Ms: 90,
  heardAtUs: 0,
  spooled: 0,
};
const state: ViewState = {
  elapsedSeconds: 65,
  cameras: [camera],
  edge: { ...emptyEdgeCounts(), captured: 123_456, stopped: 120_000, published: 3456 },
  cloud: { ...emptyCloudCounts(), delivered: 3456, received: 3456, analysed: 3456 },
  slo: { due: 3456, onTimeShare: 0.99, violationSeconds: 3 },
  latency: { p50Ms: 40, p95Ms: 90 },
  objectiveMs: 500,
  target: 0.95,
  disturbance: '',
  decisions: [],
};
const decisionOf = (reason: string): DecisionRecord => ({
  id: '1/1', atUs: 0, loop: 'fast', effect: 'applied', slo: 'latency', sli: 'latency', value: 600, objective: 500,
  cause: 'uplink', at: 'demo', lever: 'frame-rate', subjects: [], from: '', to: '', reason,
}); // prettier-ignore
const nothing: ViewState = {
  ...state,
  elapsedSeconds: 0,
  cameras: [{ ...camera, gatedShare: Number.NaN, ageP50Ms: Number.NaN, ageP95Ms: Number.NaN, objects: {} }],
  slo: { due: 0, onTimeShare: Number.NaN, violationSeconds: 0 },
  latency: { p50Ms: Number.NaN, p95Ms: Number.NaN },
};
const render = (of: ViewState, columns = 200): string =>
  renderView(of, { columns, colour: false }).join('\n');

describe('the live view', () => {
  it('shows each camera, the promise and the ledger', () => {
    const text = render(state);
    expect(text).toMatch(/demo\/street +25\.0 +80\.0% +5\.0 +40 +90 +2 person, 1 car/);
    expect(text).toContain('1:05  99.0% on time  p50 40 p95 90 of 500 ms  3 violation-seconds');
    expect(text).toContain('captured 123456 = stopped 120000 + sampled out 0 + published 3456');
    expect(text).toContain('ledger balanced');
  });

  it('shows what is not known yet as dashes', () => {
    const text = render(nothing);
    expect(text).toMatch(/demo\/street +25\.0 +– +5\.0 +– +– +·/);
    expect(text).toContain('no result yet');
    expect(text).not.toContain('NaN');
  });

  it('says what is wrong on purpose, and the last decisions in the words of the controller', () => {
    const decisions = [1, 2, 3, 4].map((number) => decisionOf(`reason ${number}`));
    const text = render({ ...state, disturbance: 'the link is narrow', decisions });
    expect(text).toContain('on purpose: the link is narrow');
    expect(text).not.toContain('reason 1');
    expect(text).toMatch(/decided reason 2\ndecided reason 3\ndecided reason 4/);
  });

  it('says why a camera is away, in one line', () => {
    const away = { ...camera, state: 'offline' as const, reason: 'it refuses\nand says\tno' };
    expect(render({ ...state, cameras: [away] })).toContain('offline it refuses and says no');
  });

  it.each([20, 40, 60, 80, 200])('never writes a line wider than a terminal of %i columns', (columns) => {
    const away = { ...camera, state: 'offline' as const, reason: 'no route to the camera '.repeat(20) };
    const long = { ...camera, cameraId: `demo/${'x'.repeat(60)}` };
    const wide = { ...state, cameras: [camera, away, long] };
    for (const of of [wide, nothing])
      for (const line of renderView(of, { columns, colour: true }))
        expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(columns);
  });

  it('shows the whole ledger on a terminal of 80 columns', () => {
    const words = render(state, 80).split(/\s+/).join(' ');
    expect(words).toContain('discarded 0');
    expect(words).toContain('in flight 0');
  });

  it('says the same with colour as without', () => {
    const coloured = renderView(state, { columns: 80, colour: true });
    expect(coloured.map((line) => stripVTControlCharacters(line))).toEqual(
      renderView(state, { columns: 80, colour: false }),
    );
    expect(coloured.join('')).toContain('\x1b[');
    expect(render(state, 80)).not.toContain('\x1b');
  });
});
