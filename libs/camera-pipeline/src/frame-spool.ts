import type { EdgeFate, EventMessage, FrameId } from '@framegate/contracts';
import { frameIdOf } from '@framegate/contracts';
import type { DropReason, Spool, SpoolOptions, SpoolRecordHead } from '@framegate/spool';
import { openSpool, SpoolError } from '@framegate/spool';
import type { EpochAccount } from './epoch-account.ts';
import type { SiteAccounts } from './site-accounts.ts';
import { encodeEnvelope, parseEnvelope } from './stored-message.ts';

/** Where frames wait on disk while the bus is away, with their fates in the books. */
export interface FrameSpool {
  /** Puts a frame that was on its way into the spool; where that fails the frame is discarded. */
  keep(
    account: EpochAccount,
    seq: number,
    message: EventMessage,
    partition: number | undefined,
  ): Promise<void>;
  readonly records: Pick<Spool, 'peek' | 'release'>;
  state(nowMs: number): { frames: number; bytes: number; oldestAgeMs: number };
  /** Drops what has become too old. */
  trim(): Promise<void>;
  close(): Promise<void>;
}

export interface SpoolTrouble {
  /** Something about the disk that an operator should know. */
  onSpoolTrouble(message: string, error?: unknown): void;
}

const dropped: Record<DropReason, EdgeFate> = {
  full: 'discarded:spoolFull',
  aged: 'discarded:spoolAged',
  damaged: 'discarded:spoolDamaged',
};

export async function openFrameSpool(
  options: Omit<SpoolOptions, 'observer'>,
  accounts: SiteAccounts,
  { onSpoolTrouble }: SpoolTrouble,
): Promise<FrameSpool> {
  const withFrame = (record: SpoolRecordHead, act: (frame: FrameId) => void): void => {
    const frame = frameIn(record.meta);
    if (frame) act(frame);
    else onSpoolTrouble('a record of the spool names no frame');
  };
  const spool = await openSpool({
    ...options,
    observer: {
      onFound: (record) => withFrame(record, (frame) => accounts.of(frame).found(frame.seq)),
      onDropped: (record, why) =>
        withFrame(record, (frame) => accounts.of(frame).spooledEnded(frame.seq, dropped[why])),
      onMissing: (records) => onSpoolTrouble(`${records} frames of the spool can not be read any more`),
      onSetAside: (name, why) => onSpoolTrouble(`${name} was moved to ${options.folder}/aside: ${why}`),
      onTrouble: (error) => onSpoolTrouble('the spool has trouble with its disk', error),
    },
  });
  return {
    records: spool,
    async keep(account, seq, message, partition) {
      try {
        await spool.append(encodeEnvelope(message, partition), message.body);
        account.spooled(seq);
      } catch (error) {
        account.encodedEnded(seq, refused(error));
        onSpoolTrouble('a frame could not be put into the spool', error);
      }
    },
    state(nowMs) {
      const { records, bytes, oldestAtMs } = spool.state();
      return { frames: records, bytes, oldestAgeMs: Math.max(0, nowMs - (oldestAtMs ?? nowMs)) };
    },
    trim: () => spool.trim(),
    close: () => spool.close(),
  };
}

function frameIn(meta: Buffer): FrameId | undefined {
  const envelope = parseEnvelope(meta);
  return envelope && frameIdOf(envelope.headers);
}

function refused(error: unknown): EdgeFate {
  if (!(error instanceof SpoolError)) return 'discarded:spoolFailed';
  if (error.code === 'TOO_LARGE') return 'discarded:tooLarge';
  if (error.code === 'DISK_FULL') return 'discarded:spoolDiskFull';
  return error.code === 'TOO_SLOW' ? 'discarded:spoolDiskSlow' : 'discarded:spoolFailed';
}
