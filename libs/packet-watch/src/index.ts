export type { PacketVerdict, PacketWatch, Watchability, WatchedPacket } from './packet-watch.ts';
export { createPacketWatch } from './packet-watch.ts';
export type { WatchTrust } from './watch-trust.ts';
export { createWatchTrust } from './watch-trust.ts';
