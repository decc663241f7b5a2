import type { EarlierEpoch, EdgeFate } from '@framegate/contracts';
import type { EpochAccount } from './epoch-account.ts';
import { createEpochAccount } from './epoch-account.ts';

/** The books of a site: of its cameras' running epochs, and of earlier ones of which frames are left in the spool. */
export interface SiteAccounts {
  /** Opens the books of a camera that starts. */
  open(cameraId: string, epoch: number): EpochAccount;
  /** The books of that epoch; opened as those of an earlier one where there are none. */
  of(frame: { readonly cameraId: string; readonly epoch: number }): EpochAccount;
  earlier(): EarlierEpoch[];
  all(): Iterable<EpochAccount>;
}

/** So many records may an epoch's own process and each later one tell of it, before their numbers could meet. */
const recordsOfProcess = 2 ** 20;

/** @param startedAtUs tells this process's records of earlier epochs from those of other processes */
export function createSiteAccounts(
  startedAtUs: number,
  onFate: (cameraId: string, fate: EdgeFate, frames: number) => void,
): SiteAccounts {
  const accounts = new Map<string, EpochAccount>();
  const running = new Set<EpochAccount>();
  const laterRecords = Math.floor(startedAtUs / 1e6) * recordsOfProcess;
  const create = (cameraId: string, epoch: number, firstRecord: number): EpochAccount => {
    const account = createEpochAccount(
      { cameraId, epoch },
      (fate, frames) => onFate(cameraId, fate, frames),
      firstRecord,
    );
    accounts.set(`${cameraId}/${epoch}`, account);
    return account;
  };
  return {
    open(cameraId, epoch) {
      const account = create(cameraId, epoch, 1);
      running.add(account);
      return account;
    },
    of: ({ cameraId, epoch }) =>
      accounts.get(`${cameraId}/${epoch}`) ?? create(cameraId, epoch, laterRecords),
    earlier: () =>
      [...accounts.values()]
        .filter((account) => !running.has(account))
        .map((account) => ({
          cameraId: account.cameraId,
          epoch: account.epoch,
          counts: account.counts(),
          publishedBytes: account.publishedBytes(),
        })),
    all: () => accounts.values(),
  };
}
