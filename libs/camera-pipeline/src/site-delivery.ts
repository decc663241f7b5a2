import { join } from 'node:path';
import type { MessageBus, Producer } from '@framegate/message-bus';
import { ConfigError } from '@framegate/service-kit';
import type { SyncPolicy } from '@framegate/spool';
import { openSpool, SpoolError } from '@framegate/spool';
import type { Backfill } from './backfill.ts';
import { startBackfill } from './backfill.ts';
import type { FateTeller } from './fate-teller.ts';
import { tellAtOnce, tellThroughSpool } from './fate-teller.ts';
import type { FrameSpool, SpoolTrouble } from './frame-spool.ts';
import { openFrameSpool } from './frame-spool.ts';
import { createRightOfWay } from './right-of-way.ts';
import type { SiteAccounts } from './site-accounts.ts';
import type { Uplink } from './uplink.ts';
import { createUplink } from './uplink.ts';

export interface SpoolSettings {
  readonly folder: string;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** When frames are forced to the disk. */
  readonly sync: SyncPolicy;
  /** At which backfill is sent, at most. */
  readonly backfillBytesPerSecond: number;
}

export interface DeliveryOptions {
  readonly bus: MessageBus;
  readonly accounts: SiteAccounts;
  readonly lossless: boolean;
  /** Without one, what the bus can't take is discarded, and fates are forgotten with the process. */
  readonly spool: SpoolSettings | undefined;
  readonly nowUs: () => number;
  readonly trouble: SpoolTrouble;
}

/** How a site's frames and their fates leave it, whether the bus is there or not. */
export interface SiteDelivery {
  readonly frames: Producer;
  readonly uplink: Uplink;
  readonly spool: FrameSpool | undefined;
  readonly fates: FateTeller;
  /** Frames that no broker takes by now go to the spool, or are discarded. */
  closeFrames(): Promise<void>;
  close(): Promise<void>;
}

/** Live frames that wait while the bus is away: about a second's worth a partition; older ones are of no use. */
const liveQueue = { maxQueuedMessages: 64, maxQueuedBytes: 16 * 1024 * 1024, onDrop: 'oldest' as const };
/** Where a spool takes them over they don't stay for longer: a killed process forgets what is in its memory. */
const maxQueuedMs = 1000;
/**
 * The journal of fates: minutes of thousands of cameras, or days of a few. Where there is no room, new fates wait in
 * memory: what a process has told must not be forgotten in favour of what it still knows.
 */
const journal = {
  maxBytes: 64 * 1024 * 1024,
  maxAgeMs: Number.POSITIVE_INFINITY,
  whenFull: 'refuse' as const,
};

/** What a stop waits for a broker that doesn't answer, milliseconds; together below a process's deadline. */
const drainFramesMs = 4000;
const drainWithoutBusMs = 500;
const tellFatesMs = 1000;

/** @throws ConfigError when the spool's folder can't be used */
export async function openSiteDelivery(options: DeliveryOptions): Promise<SiteDelivery> {
  try {
    return await open(options);
  } catch (error) {
    throw asConfigError(error, options.spool?.folder) ?? error;
  }
}

async function open(options: DeliveryOptions): Promise<SiteDelivery> {
  const { bus, accounts, trouble } = options;
  const settings = options.lossless ? undefined : options.spool;
  const uplink = createUplink(() => performance.now());
  const nowMs = (): number => options.nowUs() / 1000;
  const queue = settings ? { ...liveQueue, maxQueuedMs } : liveQueue;
  const frames = await bus.producer(options.lossless ? {} : queue);
  const spool =
    settings &&
    (await openFrameSpool(
      { ...settings, folder: join(settings.folder, 'frames'), nowMs },
      accounts,
      trouble,
    ));
  const fates = settings
    ? await openJournal(bus, join(settings.folder, 'fates'), settings.sync, nowMs, trouble)
    : tellAtOnce(await bus.producer());
  const rightOfWay = createRightOfWay();
  const backfill: Backfill | undefined =
    settings &&
    spool &&
    startBackfill({
      spool,
      accounts,
      producer: await bus.producer(),
      mayBackfill: () =>
        rightOfWay.mayBackfill(performance.now(), bus.state() === 'connected', uplink.oldestSinceMs()),
      bytesPerSecond: settings.backfillBytesPerSecond,
      nowUs: options.nowUs,
      onTrouble: trouble.onSpoolTrouble,
    });

  return {
    frames,
    uplink,
    spool,
    fates,
    async closeFrames() {
      const isInVain = spool !== undefined && bus.state() !== 'connected';
      await frames.close({ drainTimeoutMs: isInVain ? drainWithoutBusMs : drainFramesMs });
      await backfill?.close();
    },
    async close() {
      await fates.close(tellFatesMs);
      await spool?.close();
    },
  };
}

async function openJournal(
  bus: MessageBus,
  folder: string,
  sync: SyncPolicy,
  nowMs: () => number,
  { onSpoolTrouble }: SpoolTrouble,
): Promise<FateTeller> {
  const spool = await openSpool({
    ...journal,
    folder,
    sync,
    nowMs,
    observer: {
      onFound: () => {},
      onDropped: () => onSpoolTrouble('the journal of fates has a damaged record: it is unknown to an audit'),
      onMissing: (records) => onSpoolTrouble(`${records} records of the journal of fates can not be read`),
      onSetAside: (name, why) => onSpoolTrouble(`${name} was moved to ${folder}/aside: ${why}`),
      onTrouble: (error) => onSpoolTrouble('the journal of fates has trouble with its disk', error),
    },
  });
  const onTrouble = (error: unknown): void => onSpoolTrouble('fates were not told', error);
  return tellThroughSpool(spool, await bus.producer(), onTrouble);
}

function asConfigError(error: unknown, folder = ''): ConfigError | undefined {
  if (error instanceof SpoolError) return new ConfigError([error.message]);
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  const advice = 'name a folder that this user may write';
  return new ConfigError([`the spool folder ${folder} can't be used (${String(error.code)}): ${advice}`]);
}
