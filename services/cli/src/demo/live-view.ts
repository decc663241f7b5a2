import type { CloudCounts, DecisionRecord, EdgeCounts } from '@framegate/contracts';
import { discarded } from '@framegate/frame-ledger';
import type { CameraView } from '@framegate/run-observer';
import { runLedger } from '@framegate/run-observer';
import { styleText } from 'node:util';

/** Everything that the live view shows. */
export interface ViewState {
  readonly elapsedSeconds: number;
  readonly cameras: readonly CameraView[];
  readonly edge: EdgeCounts;
  readonly cloud: CloudCounts;
  readonly slo: { readonly due: number; readonly onTimeShare: number; readonly violationSeconds: number };
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number };
  readonly objectiveMs: number;
  readonly target: number;
  /** What is wrong on purpose; empty while nothing is. */
  readonly disturbance: string;
  /** Oldest first. */
  readonly decisions: readonly DecisionRecord[];
}

type Paint = (style: 'bold' | 'dim' | 'green' | 'yellow' | 'red', text: string) => string;

const plain: Paint = (_style, text) => text;
const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** The live view as lines of text, each at most `columns` wide. */
export function renderView(
  state: ViewState,
  { columns, colour }: { columns: number; colour: boolean },
): string[] {
  const paint = colour ? coloured : plain;
  const idWidth = Math.max(6, ...state.cameras.map(({ cameraId }) => cameraId.length));
  const header = ['camera'.padEnd(idWidth), ' in/s', ' gated', 'sent/s', ' p50 ms', ' p95 ms', ' now'].join(
    ' ',
  );
  const lines = [
    `${paint('bold', 'Framegate')}  ${duration(state.elapsedSeconds)}  ${promiseLine(state, paint)}`,
    '',
    paint('dim', header),
    ...state.cameras.map((camera) => cameraLine(camera, idWidth, state.objectiveMs, paint)),
    '',
    ...controlLines(state, paint),
    ...ledgerLines(state, columns, paint),
  ];
  return lines.map((line) => clip(line, columns));
}

function cameraLine(camera: CameraView, idWidth: number, objectiveMs: number, paint: Paint): string {
  const late = camera.ageP95Ms > objectiveMs;
  const now = camera.state === 'online' ? objects(camera.objects) : `${camera.state} ${camera.reason}`;
  return [
    camera.cameraId.padEnd(idWidth),
    fixed(camera.capturedPerSecond, 1).padStart(5),
    percent(camera.gatedShare).padStart(6),
    fixed(camera.publishedPerSecond, 1).padStart(6),
    fixed(camera.ageP50Ms, 0).padStart(7),
    paint(late ? 'red' : 'green', fixed(camera.ageP95Ms, 0).padStart(7)),
    ` ${paint(camera.state === 'online' ? 'bold' : 'yellow', now.trim().replaceAll(/\s+/g, ' '))}`,
  ].join(' ');
}

function promiseLine({ slo, latency, objectiveMs, target }: ViewState, paint: Paint): string {
  if (slo.due === 0) return paint('dim', `promise: p95 under ${objectiveMs} ms; no result yet`);
  const kept = slo.onTimeShare >= target;
  const share = paint(kept ? 'green' : 'red', `${percent(slo.onTimeShare)} on time`);
  const ages = `p50 ${fixed(latency.p50Ms, 0)} p95 ${fixed(latency.p95Ms, 0)} of ${objectiveMs} ms`;
  return `${share}  ${ages}  ${slo.violationSeconds} violation-seconds`;
}

const shownDecisions = 3;

/** What is wrong, and what the controller did about it; nothing while neither is. */
function controlLines({ disturbance, decisions }: ViewState, paint: Paint): string[] {
  const wrong = disturbance === '' ? [] : [paint('yellow', `on purpose: ${disturbance}`)];
  const done = decisions.slice(-shownDecisions).map(({ reason }) => `${paint('dim', 'decided')} ${reason}`);
  const lines = [...wrong, ...done];
  return lines.length === 0 ? [] : [...lines, ''];
}

function ledgerLines({ edge, cloud }: ViewState, columns: number, paint: Paint): string[] {
  const { bus, balanced } = runLedger(edge, cloud);
  const edgeText = `captured ${edge.captured} = stopped ${edge.stopped} + sampled out ${edge.sampledOut} + published ${edge.published} + on the way ${edge.encoding + edge.held} + discarded ${discarded(edge)}`;
  const cloudText = `received ${cloud.received} = analysed ${cloud.analysed} + superseded ${cloud.superseded} + expired ${cloud.expired} + failed ${cloud.failed} + in flight ${cloud.inFlight}`;
  const verdict = balanced ? paint('green', 'balanced') : paint('dim', 'counting');
  return [
    ...titled(paint('dim', 'edge '), edgeText, columns),
    ...titled(paint('dim', 'bus  '), `on the bus ${bus.onBus}`, columns),
    ...titled(paint('dim', 'cloud'), cloudText, columns),
    `${paint('dim', 'ledger')} ${verdict}`,
  ];
}

/** A title of five characters and a text, broken before its `+` where the terminal is too narrow. */
function titled(title: string, text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const term of text.split(/ (?=\+ )/)) {
    const longer = `${lines.at(-1)} ${term}`;
    if (lines.length > 0 && longer.length + 6 <= columns) lines[lines.length - 1] = longer;
    else lines.push(term);
  }
  return lines.map((line, index) => `${index === 0 ? title : '     '} ${line}`);
}

/** Cuts what would not fit, and keeps the control sequences: a line that wraps moves all that is drawn over it. */
function clip(line: string, columns: number): string {
  let shown = 0;
  return line.replaceAll(/\p{Cc}\[[\d;]*m|./gu, (part) =>
    part.length > 2 || ++shown <= columns ? part : '',
  );
}

function objects(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return parts.length === 0 ? '·' : parts.join(', ');
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(share > 0.9995 || share === 0 ? 0 : 1)}%` : '–';
}

function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
