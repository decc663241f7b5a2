import type { Audit } from '@framegate/frame-ledger';
import { quantileOf } from '@framegate/control';
import { judge } from '../judge.ts';
import type { Measured } from '../report/chaos-report.ts';
import { seededRandom } from '../seeded-random.ts';
import type { LivedSample } from './lives.ts';
import { livesOf } from './lives.ts';
import { warmUpHoursOf } from './plan-soak.ts';
import type { ProcessSample } from './process-sample.ts';
import type { Point, Slope } from './slope.ts';
import { mediansOf, slopeOf } from './slope.ts';

export interface SoakMeasured {
  readonly startedAt: Date;
  /** What it was to last. */
  readonly hours: number;
  /** Less where somebody ended it. */
  readonly lastedHours: number;
  readonly seed: number;
  readonly samples: readonly ProcessSample[];
  readonly results: Measured['results'];
  readonly windows: Measured['windows'];
  readonly audit: Audit;
}

const blockHours = 1 / 6;
/** `resources.limits.memory` of the charts. */
const limitMib: Readonly<Record<string, number>> = { edge: 1024, inference: 1024, controller: 384 };

const statements = [
  { says: 'Every frame has one known fate', field: 'ledger.balanced', is: true },
  { says: 'No acknowledged frame is lost', field: 'ledger.lost', max: 0 },
  { says: 'None has two results', field: 'ledger.doubled', max: 0 },
  {
    says: 'Resident memory grows by less than 2 MB an hour (upper 95 % bound)',
    field: 'memory.upperMbPerHour',
    max: 2,
  },
  { says: 'And by less than 2 %', field: 'memory.upperPercentPerHour', max: 2 },
  {
    says: 'And what of it stands in no file, which the kernel can not drop, by less than 2 MB, too',
    field: 'memory.ownUpperMbPerHour',
    max: 2,
  },
  { says: 'Resident memory stays below the limit of its chart', field: 'memory.mostOfLimit', max: 1 },
  { says: 'Descriptors do not grow', field: 'descriptors.upperPerHour', max: 1 },
  { says: 'Latency does not drift', field: 'latencyMs.driftP50', max: 50 },
];

/** What hours of running came to; the bounds of growth are those of the worst kind of process. */
export function soakReport(measured: SoakMeasured) {
  const { startedAt, hours, lastedHours, seed, samples, results, windows, audit } = measured;
  const warm = livesOf(samples).filter(({ ageHours }) => ageHours >= warmUpHoursOf(hours));
  const byKind = Map.groupBy(warm, ({ pod }) => pod.replace(/-\d+$/, ''));
  // One that never ran has grown by nothing that is known, and so fails.
  const kinds = Object.keys(limitMib).map((kind) => {
    const own = byKind.get(kind) ?? [];
    const points = (value: (sample: LivedSample) => number, of = own): Point[] =>
      of.map((sample) => ({ series: sample.life, hours: sample.hours, value: value(sample) }));
    const slope = (value: (sample: LivedSample) => number, of = own) =>
      slopeOf(points(value, of), blockHours, seededRandom(seed));
    return {
      kind,
      meanMib: own.reduce((sum, { anonymousMib }) => sum + anonymousMib, 0) / own.length,
      meanResidentMib: own.reduce((sum, { residentMib }) => sum + residentMib, 0) / own.length,
      memory: slope(({ anonymousMib }) => anonymousMib),
      memoryOfSecondHalf: slope(
        ({ anonymousMib }) => anonymousMib,
        own.filter((sample) => sample.hours >= lastedHours / 2),
      ),
      resident: slope(({ residentMib }) => residentMib),
      mostResidentMib: own.length > 0 ? Math.max(...own.map(({ residentMib }) => residentMib)) : undefined,
      // An outage closes connections for its time.
      descriptors: slopeOf(
        mediansOf(
          points(({ descriptors }) => descriptors),
          blockHours,
        ),
        blockHours,
        seededRandom(seed),
      ),
    };
  });
  const worst = (values: (number | undefined)[]): number | null =>
    values.length === 0 || values.includes(undefined) ? null : Math.max(...values.map((value) => value ?? 0));
  const halves = [0, 1].map((half) => {
    const own = results.filter(({ atSeconds }) => Math.floor(atSeconds / (lastedHours * 1800)) === half);
    return quantileOf(
      own.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b),
      0.5,
    );
  });
  const report = {
    schema: 'framegate.report/1' as const,
    kind: 'chaos' as const,
    name: 'soak',
    seed,
    startedAt: startedAt.toISOString(),
    durationSeconds: lastedHours * 3600,
    ledger: {
      edge: audit.edge,
      bus: audit.bus,
      cloud: audit.cloud,
      unknownAtCrash: audit.unknownAtCrash,
      unknownFrames: audit.unknownFrames,
      lost: audit.lost,
      doubled: audit.doubled,
      balanced: audit.complaints.length === 0,
      complaints: audit.complaints.slice(0, 20),
    },
    memory: {
      upperMbPerHour: worst(kinds.map(({ resident }) => resident && mbOf(resident.upperPerHour))),
      upperPercentPerHour: worst(
        kinds.map(
          ({ resident, meanResidentMib }) => resident && (100 * resident.upperPerHour) / meanResidentMib,
        ),
      ),
      ownUpperMbPerHour: worst(kinds.map(({ memory }) => memory && mbOf(memory.upperPerHour))),
      mostOfLimit: worst(
        kinds.map(
          ({ kind, mostResidentMib }) => mostResidentMib && mostResidentMib / (limitMib[kind] ?? NaN),
        ),
      ),
    },
    descriptors: { upperPerHour: worst(kinds.map(({ descriptors }) => descriptors?.upperPerHour)) },
    latencyMs: { driftP50: (halves[1] ?? 0) - (halves[0] ?? 0) },
    kinds,
    faults: windows,
  };
  return { ...report, results: judge(report, statements) };
}

function mbOf(mebibytes: number): number {
  return (mebibytes * 2 ** 20) / 1e6;
}

export type SoakReport = ReturnType<typeof soakReport>;

/** How each kind of process grew, in words: whether it flattens is in no bound. */
export function growthText({ kinds }: Pick<SoakReport, 'kinds'>): string[] {
  const mib = (slope: Slope | undefined): string =>
    slope
      ? `${slope.perHour.toFixed(1)} MiB an hour (at most ${slope.upperPerHour.toFixed(1)})`
      : 'not known';
  return kinds.map(({ kind, meanMib, memory, memoryOfSecondHalf }) =>
    Number.isNaN(meanMib)
      ? `${kind}: not measured, as none was warm`
      : `${kind}: ${meanMib.toFixed(0)} MiB of its own, growing by ${mib(memory)}, in the second half by ${mib(memoryOfSecondHalf)}`,
  );
}
