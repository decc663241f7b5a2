import type { CameraAccount } from '@framegate/control';

/** What became of the frames of some cameras that were due. */
export interface DueFacts {
  readonly due: number;
  readonly onTime: number;
  /** How many of the due frames may be late: of each camera the share that its promise allows, so that none pays for another. */
  readonly allowedLate: number;
}

/** Turns the accounts of cameras into what happened since the last look, by SLO. */
export interface SloGrowth {
  take(byCamera: Accounts): ReadonlyMap<string, DueFacts>;
}

type Accounts = ReadonlyMap<string, Pick<CameraAccount, 'due' | 'onTime'>>;
const nothing: DueFacts = { due: 0, onTime: 0, allowedLate: 0 };

/** @param before the accounts until now */
export function createSloGrowth(
  before: Accounts,
  promised: (cameraId: string) => { readonly slo: string; readonly target: number },
): SloGrowth {
  const copy = (accounts: Accounts) =>
    new Map([...accounts].map(([cameraId, { due, onTime }]) => [cameraId, { due, onTime }] as const));
  let last = copy(before);
  return {
    take(byCamera) {
      const grown = new Map<string, DueFacts>();
      for (const [cameraId, { due, onTime }] of byCamera) {
        const was = last.get(cameraId) ?? { due: 0, onTime: 0 };
        const { slo, target } = promised(cameraId);
        const more = due - was.due;
        const facts = { due: more, onTime: onTime - was.onTime, allowedLate: more * (1 - target) };
        grown.set(slo, sumOfDue([grown.get(slo) ?? nothing, facts]));
      }
      last = copy(byCamera);
      return grown;
    },
  };
}

export function sumOfDue(all: Iterable<DueFacts>): DueFacts {
  let sum = nothing;
  for (const { due, onTime, allowedLate } of all)
    sum = {
      due: sum.due + due,
      onTime: sum.onTime + onTime,
      allowedLate: sum.allowedLate + allowedLate,
    };
  return sum;
}
