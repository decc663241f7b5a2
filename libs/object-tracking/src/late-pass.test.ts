import { describe, expect, it } from 'vitest';
import { partOf } from './late-pass.ts';
import type { Track } from './track.ts';
import { beginTrack, joinTracks } from './track.ts';
import { createTracker, defaultTrackerOptions } from './tracker.ts';

const { groupOf } = defaultTrackerOptions;
const gapUs = 5e6;
const see = (id: string, atUs: number, x: number, className = 'person', score = 0.6) =>
  beginTrack(id, id, atUs, { box: [x, 10, 40, 100], className, score, zones: [id] });
const track = (id: string, fromUs: number, untilUs: number, fromX: number, untilX: number): Track =>
  joinTracks(see(id, fromUs, fromX), see(id, untilUs, untilX));

const live = track('live', 10e6, 20e6, 100, 300);

describe('a track of late frames', () => {
  it('belongs to what begins where it ends: somebody who came before the motion was seen', () => {
    const preroll = track('preroll', 7e6, 9.5e6, 40, 90);
    expect(partOf(preroll, [live], gapUs, groupOf)).toBe(live);
    expect(joinTracks(live, preroll)).toMatchObject({
      id: 'live',
      startUs: 7e6,
      lastUs: 20e6,
      detections: 4,
      zones: ['live', 'preroll'],
      firstBox: preroll.firstBox,
      lastBox: live.lastBox,
    });
  });

  it('belongs to what ended where it begins, or goes on at the same time', () => {
    expect(partOf(track('backfill', 21e6, 30e6, 310, 500), [live], gapUs, groupOf)).toBe(live);
    expect(partOf(track('between', 12e6, 13e6, 120, 130), [live], gapUs, groupOf)).toBe(live);
  });

  it('belongs to none that is elsewhere, of another kind, or long ago', () => {
    expect(partOf(track('elsewhere', 7e6, 9e6, 900, 950), [live], gapUs, groupOf)).toBeUndefined();
    expect(partOf(see('car', 9e6, 90, 'car'), [live], gapUs, groupOf)).toBeUndefined();
    expect(partOf(track('long ago', 1e6, 4e6, 90, 100), [live], gapUs, groupOf)).toBeUndefined();
  });

  it('belongs to the one that is nearest in time', () => {
    const other = track('other', 1e6, 8e6, 60, 95);
    expect(partOf(track('late', 8.5e6, 9e6, 95, 98), [live, other], gapUs, groupOf)).toBe(other);
  });

  it('is taken into a track that goes on', () => {
    const tracker = createTracker();
    const box = [100, 10, 40, 100] as const;
    const object = { box, className: 'person', score: 0.6, zones: [] };
    tracker.frame('1.1', 10e6, [object]);
    const [started] = tracker.frame('1.2', 10.2e6, [object]);
    expect(tracker.absorb(started!.track.id, see('preroll', 9e6, 90))).toBe(true);
    expect(tracker.absorb('unknown', see('preroll', 9e6, 90))).toBe(false);
    expect(tracker.frame('1.3', 10.4e6, [object])).toMatchObject([
      { kind: 'updated', track: { startUs: 9e6, detections: 4, zones: ['preroll'] } },
    ]);
  });
});
