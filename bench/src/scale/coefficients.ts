import type { BenchReport } from '../suite/bench-report.ts';
import type { CoefficientName, Coefficients } from './fleet.ts';

/** A cell of another bench's report. */
interface Place {
  readonly bench: string;
  readonly row: RegExp;
  readonly column: string;
  /** From the cell's unit to the coefficient's. */
  readonly times: number;
}

const framesPerSecondOfClips = 10;

const places: Readonly<Partial<Record<CoefficientName, Place>>> = {
  edgeCpuMs: { bench: 'edge', row: /^every frame decoded$/, column: 'CPU ms a camera-second', times: 1 },
  detectCpuMs: {
    bench: 'inference',
    row: /^street-nano, 1 x 1 threads, batch 1: framegate$/,
    column: 'CPU ms a frame',
    times: 1,
  },
  frameBytes: {
    bench: 'bandwidth',
    row: /^street: every frame$/,
    column: 'kbit/s',
    times: 1000 / 8 / framesPerSecondOfClips,
  },
};

/** The coefficients with those that other benches of the same run have measured, in place of the stored ones. */
export function withReports(stored: Coefficients, reports: readonly BenchReport[]): Coefficients {
  const measured = Object.entries(places).flatMap(([name, place]) => {
    const report = reports.find(({ bench }) => bench === place.bench);
    const cell = report && cellOf(report, place);
    if (!cell) return [];
    return [[name, { value: cell.value * place.times, from: `${report.command} (${cell.row})` }] as const];
  });
  return merged(stored, Object.fromEntries(measured));
}

/** @param values by name; units stay */
export function merged(
  stored: Coefficients,
  values: Readonly<Partial<Record<CoefficientName, { readonly value: number; readonly from: string }>>>,
): Coefficients {
  const all = { ...stored };
  for (const name of namesOf(stored)) {
    const value = values[name];
    if (value && Number.isFinite(value.value)) all[name] = { ...stored[name], ...value };
  }
  return all;
}

export function namesOf(coefficients: Coefficients): CoefficientName[] {
  const isName = (name: string): name is CoefficientName => name in coefficients;
  return Object.keys(coefficients).filter(isName);
}

function cellOf({ columns, rows }: BenchReport, place: Place): { row: string; value: number } | undefined {
  const index = columns.findIndex(({ label }) => label === place.column);
  for (const [row, ...cells] of rows) {
    const value = cells[index - 1];
    if (typeof row === 'string' && place.row.test(row) && typeof value === 'number') return { row, value };
  }
  return undefined;
}
