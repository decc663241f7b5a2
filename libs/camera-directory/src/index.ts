export type { CameraDirectory } from './camera-directory.ts';
export type { FollowedCapacity } from './follow-capacity.ts';
export { followCapacity } from './follow-capacity.ts';
export type { FollowedDirectory } from './follow-directory.ts';
export { followDirectory } from './follow-directory.ts';
