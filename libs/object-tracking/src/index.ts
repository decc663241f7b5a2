export { partOf } from './late-pass.ts';
export type { Track, TrackedObject } from './track.ts';
export { joinTracks } from './track.ts';
export type { Tracker, TrackerOptions, TrackEvent } from './tracker.ts';
export { createTracker, defaultTrackerOptions } from './tracker.ts';
