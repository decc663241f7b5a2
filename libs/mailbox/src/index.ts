export type { BusyTime } from './busy-time.ts';
export { createBusyTime } from './busy-time.ts';
export type { Fate, Mail, MailKind } from './mail.ts';
export type { Mailbox, MailboxOptions } from './mailbox.ts';
export { createMailbox } from './mailbox.ts';
export type { OverloadOptions, OverloadResult, Scheduler } from './overload-simulation.ts';
export { simulateOverload } from './overload-simulation.ts';
export type { ServiceEstimate } from './service-estimate.ts';
export { createServiceEstimate } from './service-estimate.ts';
