import type { ToldLedger } from '../../../src/protocol/ledger.ts';

type Tone = 'way' | 'good' | 'quiet' | 'warn' | 'bad';

/** A place where frames are or end; what flows on from it is its `to`. */
export interface Place {
  readonly id: string;
  readonly label: string;
  readonly meaning: string;
  readonly count: number;
  readonly tone: Tone;
  readonly to: readonly Place[];
}

/** The way of all frames as a tree: each count is the sum of what flows on from it. Places without a frame are left out. */
export function flowsOf({ edge, bus, cloud }: ToldLedger): Place {
  const received = place('received', 'received', 'taken by the detector', cloud.received, 'way', [
    place('analysed', 'analysed', 'looked at by the detector', cloud.analysed, 'good'),
    place(
      'superseded',
      'superseded',
      'a newer frame of the same camera was looked at instead',
      cloud.superseded,
      'quiet',
    ),
    place('expired', 'expired', 'too late to be of use', cloud.expired, 'warn'),
    place('failed', 'failed', 'could not be read or looked at', cloud.failed, 'bad'),
    place('inFlight', 'in flight', 'being looked at now', cloud.inFlight, 'quiet'),
  ]);
  const sent = edge.published + edge.backfilled;
  const discarded = Object.entries(edge.discarded).map(([reason, count]) =>
    place(`discarded-${reason}`, `discarded: ${reason}`, 'given up at the site', count, 'warn'),
  );
  return place('captured', 'captured', 'frames that cameras gave', edge.captured, 'way', [
    place('sent', 'sent', 'left the site', sent, 'way', [
      received,
      place('onBus', 'on the bus', 'sent and not taken yet', Math.max(0, bus.onBus), 'quiet'),
      place(
        'expiredOnBus',
        'expired on the bus',
        'removed by the bus before anybody read them',
        bus.expiredOnBus,
        'bad',
      ),
      place('quarantined', 'quarantined', 'no frame, or not this site’s', cloud.quarantined, 'bad'),
    ]),
    place('stopped', 'stopped', 'the gate saw no motion', edge.stopped, 'good'),
    place('sampledOut', 'thinned out', 'more than the frame rate that is set', edge.sampledOut, 'quiet'),
    place(
      'waiting',
      'at the site',
      'held before motion, being encoded, or on their way',
      edge.held + edge.encoding,
      'quiet',
    ),
    place('spooled', 'spooled', 'on the site’s disk until the link is back', edge.spooled, 'warn'),
    ...discarded,
  ]);
}

function place(
  id: string,
  label: string,
  meaning: string,
  count: number,
  tone: Tone,
  to: readonly Place[] = [],
): Place {
  return { id, label, meaning, count, tone, to: to.filter((next) => next.count > 0) };
}
