import type { Estimate } from './bootstrap.ts';
import { meanWithInterval, ratioWithInterval } from './bootstrap.ts';
import type { Contender } from './policies.ts';
import { createRandom } from './random.ts';
import type { RunResult } from './run-result.ts';

/** What of a run is compared. */
export type ComparedRun = Pick<RunResult, 'scenario' | 'policy' | 'seed' | 'totals' | 'cameras'>;

/** One policy in one scenario over all seeds. */
export interface SummaryRow {
  readonly scenario: string;
  readonly policy: string;
  readonly kind: Contender['kind'];
  readonly seeds: number;
  readonly violationSeconds: Estimate;
  /** Less those of the clairvoyant; the same where there is none. */
  readonly avoidableViolationSeconds: Estimate;
  /** Of all changes of conditions, the 95th percentile over the seeds. */
  readonly recoverySecondsP95: number;
  readonly fullQualitySecondsP95: number;
  readonly usefulFrames: Estimate;
  /** Share of the clairvoyant's net utility that was missed; NaN where there is no clairvoyant. */
  readonly regret: Estimate;
  readonly switchesPerMinute: Estimate;
  readonly publishedMegabytes: Estimate;
  readonly latencyP95Ms: Estimate;
  readonly jain: Estimate;
  /** On-time share of the camera that has the least. */
  readonly worstCameraOnTimeShare: Estimate;
  readonly meanAccuracy: Estimate;
}

/** Ours against an adaptive baseline, seed by seed. */
export interface Duel {
  readonly scenario: string;
  readonly baseline: string;
  /** It delivers at least 0.9 times our on-time useful frames, so its violations may be compared. */
  readonly counts: boolean;
  /** Of on-time useful frames: ours over theirs. */
  readonly usefulRatio: Estimate;
  /** Avoidable violation-seconds: ours over theirs. */
  readonly violationRatio: Estimate;
}

const eligibleShare = 0.9;

export function summarise(
  runs: readonly ComparedRun[],
  kinds: ReadonlyMap<string, Contender['kind']>,
): SummaryRow[] {
  const best = clairvoyantRuns(runs, kinds);
  return [...Map.groupBy(runs, ({ scenario, policy }) => `${scenario} ${policy}`).values()].flatMap((own) => {
    const [first] = own;
    return first ? [rowOf(first, own, kinds.get(first.policy) ?? 'adaptive', best)] : [];
  });
}

function rowOf(
  { scenario, policy }: ComparedRun,
  own: readonly ComparedRun[],
  kind: Contender['kind'],
  best: ReadonlyMap<string, ComparedRun>,
): SummaryRow {
  const random = createRandom(1, scenario, policy);
  const estimate = (of: (run: ComparedRun) => number): Estimate => meanWithInterval(own.map(of), random);
  return {
    scenario,
    policy,
    kind,
    seeds: own.length,
    violationSeconds: estimate(({ totals }) => totals.violationSeconds),
    avoidableViolationSeconds: estimate((run) => avoidable(run, best)),
    recoverySecondsP95: percentile95(own.flatMap(({ totals }) => totals.recoverySeconds)),
    fullQualitySecondsP95: percentile95(own.map(({ totals }) => totals.fullQualitySeconds)),
    usefulFrames: estimate(({ totals }) => totals.usefulFrames),
    regret: estimate((run) => {
      const optimum = best.get(seedKey(run))?.totals.netUtility ?? Number.NaN;
      return (optimum - run.totals.netUtility) / optimum;
    }),
    switchesPerMinute: estimate(({ totals }) => totals.switchesPerMinute),
    publishedMegabytes: estimate(({ totals }) => totals.publishedBytes / 1e6),
    latencyP95Ms: estimate(({ totals }) => totals.latencyMs.p95),
    jain: estimate(({ totals }) => totals.jain),
    worstCameraOnTimeShare: estimate(({ cameras }) =>
      Math.min(...cameras.map(({ onTimeShare }) => (Number.isNaN(onTimeShare) ? 1 : onTimeShare))),
    ),
    meanAccuracy: estimate(({ totals }) => totals.meanAccuracy),
  };
}

/** Ours against each adaptive baseline, over the seeds that both ran. */
export function duels(runs: readonly ComparedRun[], kinds: ReadonlyMap<string, Contender['kind']>): Duel[] {
  const best = clairvoyantRuns(runs, kinds);
  const ours = new Map(
    runs.flatMap((run) => (kinds.get(run.policy) === 'ours' ? [[seedKey(run), run]] : [])),
  );
  const others = runs.filter(({ policy }) => kinds.get(policy) === 'adaptive');
  return [...Map.groupBy(others, ({ scenario, policy }) => `${scenario} ${policy}`).values()].flatMap(
    (theirs) => {
      const pairs = theirs.flatMap((their): [ComparedRun, ComparedRun][] => {
        const our = ours.get(seedKey(their));
        return our ? [[our, their]] : [];
      });
      const [first] = pairs;
      if (!first) return [];
      const [, { scenario, policy: baseline }] = first;
      const random = createRandom(2, scenario, baseline);
      const ratio = (of: (run: ComparedRun) => number): Estimate =>
        ratioWithInterval(
          pairs.map(([our, their]) => [of(our), of(their)]),
          random,
        );
      const usefulRatio = ratio(({ totals }) => totals.usefulFrames);
      return [
        {
          scenario,
          baseline,
          counts: 1 / usefulRatio.mean >= eligibleShare,
          usefulRatio,
          violationRatio: ratio((run) => avoidable(run, best)),
        },
      ];
    },
  );
}

function clairvoyantRuns(
  runs: readonly ComparedRun[],
  kinds: ReadonlyMap<string, Contender['kind']>,
): Map<string, ComparedRun> {
  return new Map(runs.flatMap((run) => (kinds.get(run.policy) === 'hindsight' ? [[seedKey(run), run]] : [])));
}

function avoidable(run: ComparedRun, best: ReadonlyMap<string, ComparedRun>): number {
  return Math.max(0, run.totals.violationSeconds - (best.get(seedKey(run))?.totals.violationSeconds ?? 0));
}

function seedKey({ scenario, seed }: ComparedRun): string {
  return `${scenario} ${seed}`;
}

/** Nearest rank; NaN stands for never, so it is the largest. */
function percentile95(values: readonly number[]): number {
  const sorted = values.map((value) => (Number.isNaN(value) ? Infinity : value)).toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(0.95 * sorted.length) - 1)] ?? Number.NaN;
  return Number.isFinite(found) ? found : Number.NaN;
}
