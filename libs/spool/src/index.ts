export type {
  DropReason,
  Spool,
  SpoolObserver,
  SpoolOptions,
  SpoolRecord,
  SpoolRecordHead,
  SyncPolicy,
} from './port.ts';
export { openSpool } from './spool.ts';
export { SpoolError } from './spool-error.ts';
