import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Manifest } from '../resources/manifest.ts';
import type { KubeApi } from './kube-api.ts';
import { KubeError } from './kube-api.ts';

export interface CarryOutOptions {
  readonly api: KubeApi;
  /** How long the fault lasts by its resource; 0: it is over at once, as a kill is. */
  readonly durationMs: number;
  /** Ends it early; it is taken back all the same. */
  readonly signal: AbortSignal;
  /** Seconds of the experiment. */
  readonly now: () => number;
  readonly patience?: Patience;
}

export interface Patience {
  readonly lookEveryMs: number;
  /** From its creation until it is in every pod that it chose. */
  readonly injectMs: number;
  /** From its end until no pod has it. */
  readonly recoverMs: number;
  /** From its deletion until it is gone. */
  readonly removeMs: number;
}

const patient: Patience = { lookEveryMs: 250, injectMs: 60_000, recoverMs: 60_000, removeMs: 60_000 };

/** What all resources of Chaos Mesh tell of themselves. */
const chaosSchema = z.looseObject({
  status: z
    .looseObject({
      conditions: z
        .array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string().default('') }))
        .default([]),
      experiment: z
        .looseObject({
          containerRecords: z
            .array(
              z.looseObject({
                events: z.array(z.looseObject({ message: z.string().default('') })).default([]),
              }),
            )
            .default([]),
        })
        .prefault({}),
    })
    .prefault({}),
});
type Chaos = z.output<typeof chaosSchema>;

/**
 * Creates a fault, waits until it is in effect and over again, and deletes it, whatever happens meanwhile.
 * @returns when it was in effect
 * @throws KubeError when it does not take effect, does not end, or stays after its deletion
 */
export async function carryOut(
  manifest: Manifest,
  { api, durationMs, signal, now, patience = patient }: CarryOutOptions,
): Promise<{ fromSeconds: number; toSeconds: number }> {
  const { kind, metadata } = manifest;
  const group = groupOf(manifest);
  const path = `${group}/${metadata.name}`;
  const what = `${kind} ${metadata.name}`;
  const until = async (condition: string, withinMs: number): Promise<void> => {
    const is = await poll(withinMs, patience.lookEveryMs, signal, async () => {
      const chaos = await chaosAt(api, path, what);
      return { chaos, done: has(chaos, condition) };
    });
    if (!is.done)
      throw new KubeError(`${what}: not ${condition} within ${withinMs / 1000} s${reasonOf(is.chaos)}`);
  };
  signal.throwIfAborted();
  let mayExist = true;
  const bringAbout = async (): Promise<{ fromSeconds: number; toSeconds: number }> => {
    await api.create(group, manifest).catch((error: unknown) => {
      mayExist = !(error instanceof KubeError && error.answered);
      throw error;
    });
    await until('AllInjected', patience.injectMs);
    const fromSeconds = now();
    if (durationMs > 0) {
      await delay(durationMs, undefined, { signal });
      await until('AllRecovered', patience.recoverMs);
    }
    return { fromSeconds, toSeconds: now() };
  };
  const times = await bringAbout().catch(async (error: unknown) => {
    if (mayExist)
      await takeAway(api, path, what, patience).catch((stays: unknown) => {
        throw new KubeError(`${messageOf(error)}; ${messageOf(stays)}`);
      });
    throw error;
  });
  await takeAway(api, path, what, patience);
  return times;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Has the API server hold a fault against the definitions of Chaos Mesh without creating it. @throws KubeError */
export async function tryOut(manifest: Manifest, api: KubeApi): Promise<void> {
  await api.create(`${groupOf(manifest)}?dryRun=All&fieldValidation=Strict`, manifest);
}

function groupOf({ apiVersion, kind, metadata }: Manifest): string {
  return `/apis/${apiVersion}/namespaces/${String(metadata['namespace'])}/${kind.toLowerCase()}`;
}

async function takeAway(api: KubeApi, path: string, what: string, patience: Patience): Promise<void> {
  await api.remove(path);
  const { removeMs, lookEveryMs } = patience;
  const never = new AbortController().signal;
  const { done } = await poll(removeMs, lookEveryMs, never, async () => ({
    done: (await api.get(path)) === undefined,
  }));
  if (!done)
    throw new KubeError(
      `${what} is still there ${removeMs / 1000} s after it was deleted, so its fault may go on: see "kubectl get --raw ${path}"`,
    );
}

async function chaosAt(api: KubeApi, path: string, what: string): Promise<Chaos> {
  const object = await api.get(path);
  if (object === undefined) throw new KubeError(`${what}: somebody else deleted it`);
  return chaosSchema.parse(object);
}

function has({ status }: Chaos, condition: string): boolean {
  return status.conditions.some((each) => each.type === condition && each.status === 'True');
}

/** What Chaos Mesh says of it: the last event of each pod, and the conditions that don't hold. */
function reasonOf({ status }: Chaos): string {
  const events = status.experiment.containerRecords.flatMap(({ events: all }) => all.at(-1)?.message || []);
  const conditions = status.conditions.map((each) => `${each.type} ${each.status} ${each.reason}`.trim());
  const told = events.length > 0 ? events : conditions;
  return told.length === 0
    ? ': Chaos Mesh says nothing of it; is its controller running?'
    : `: ${told.join('; ')}`;
}

/** Looks until it is done or the time is up. */
async function poll<Look extends { done: boolean }>(
  withinMs: number,
  everyMs: number,
  signal: AbortSignal,
  look: () => Promise<Look>,
): Promise<Look> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen.done || performance.now() > deadlineMs) return seen;
    await delay(everyMs, undefined, { signal });
  }
}
