export type { CameraDirectory } from './camera-directory.ts';
export type { FollowedDirectory } from './follow-directory.ts';
export { followDirectory } from './follow-directory.ts';
