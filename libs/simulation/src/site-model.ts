import type { EdgeLedger } from '@framegate/frame-ledger';
import type { Broker } from './broker.ts';
import { calibration } from './calibration.ts';
import type { ClockModel } from './clock-model.ts';
import type { Conditions } from './conditions.ts';
import type { CameraSetting } from './camera-setting.ts';
import type { EdgeCamera } from './edge.ts';
import { createEdge } from './edge.ts';
import type { EventQueue } from './event-queue.ts';
import type { Frame } from './frame.ts';
import type { Lane } from './lane.ts';
import { createLane } from './lane.ts';
import { createLink } from './link.ts';
import type { CameraReport, EdgeReport } from './observer.ts';
import { createRandom } from './random.ts';
import type { SiteModel } from './scenario.ts';

/** One site: its edge, the lanes to its partitions, and the uplink that they share. */
export interface SimulatedSite {
  /** Reaches the edge when link and broker let it. */
  configure(camera: number, setting: CameraSetting): void;
  /** What the edge tells of the time since the last report, and when a small message would be at the broker. */
  report(): { readonly report: EdgeReport; readonly arrivesUs: number };
  /** A frame of this site is stored. */
  stored(frame: Frame): void;
  readonly queuedBytes: number;
}

export interface SiteOptions {
  readonly model: SiteModel;
  /** Number of this site's first partition. */
  readonly firstPartition: number;
  readonly cameras: readonly EdgeCamera[];
  readonly events: EventQueue;
  readonly conditions: Conditions;
  readonly clock: ClockModel;
  readonly seed: number;
  readonly untilUs: number;
  readonly configDelayMs: number;
  readonly ledger: EdgeLedger;
  readonly broker: Broker;
  readonly burst: (camera: number) => boolean;
  readonly onMotion: (camera: number) => void;
}

/** A camera that gave no picture for so long is offline. */
const offlineAfterUs = 2e6;

export function createSite(options: SiteOptions): SimulatedSite {
  const { model, events, conditions, ledger, broker } = options;
  const { site, uplink } = model;
  const addedMs = conditions.uplinkAddedMs(site);
  const factor = conditions.uplinkFactor(site);
  const link = createLink(
    events,
    uplink.bitsPerSecond,
    factor,
    (atUs) => (uplink.delayMs + addedMs.at(atUs)) * 1e3,
  );
  const tallies = new Map(options.cameras.map(({ index }) => [index, emptyTally()]));
  let leftBytes = 0;
  let reportedUs = 0;

  const tallyOf = (camera: number): Tally => {
    const tally = tallies.get(camera) ?? emptyTally();
    tallies.set(camera, tally);
    return tally;
  };
  const lanes = Array.from({ length: model.partitions }, (): Lane => {
    const lane: Lane = createLane({
      queue: model.queue,
      nowUs: () => events.nowUs,
      send: (request) => {
        const bytes = request.reduce((sum, frame) => sum + frame.bytes, 0);
        link.send(bytes, () => {
          leftBytes += bytes;
          broker.append(request, () => events.at(events.nowUs + link.delayUs(), lane.acknowledged));
        });
      },
      onDiscard: (frame, reason) => {
        ledger.encodedEnded(`discarded:${reason}`);
        const tally = tallyOf(frame.camera);
        tally.discarded += 1;
        tally.madeWay += 1;
      },
    });
    return lane;
  });

  const edge = createEdge({
    events,
    cameras: options.cameras,
    cores: model.cores,
    untilUs: options.untilUs,
    slowness: conditions.edgeSlowness(site),
    encodeSlowness: conditions.encodeSlowness(site),
    burst: options.burst,
    stampUs: options.clock.stampUs,
    random: createRandom(options.seed, 'edge', site),
    ledger,
    onCaptured: (camera, motion) => {
      tallyOf(camera).captured += 1;
      if (motion) options.onMotion(camera);
    },
    onDiscarded: (camera) => void (tallyOf(camera).discarded += 1),
    onEncoded: (frame) => lanes[frame.partition - options.firstPartition]?.push(frame),
  });

  /** Commands come down a link of their own capacity, but not while it is cut or the broker away. */
  const deliver = (run: () => void): void => {
    const nowUs = events.nowUs;
    if (conditions.brokerAway.at(nowUs) > 0) return retry(conditions.brokerAway.nextChangeUs(nowUs), run);
    if (factor.at(nowUs) === 0) return retry(factor.nextChangeUs(nowUs), run);
    events.at(nowUs + options.configDelayMs * 1e3 + link.delayUs(), run);
  };
  const retry = (atUs: number, run: () => void): void => {
    if (Number.isFinite(atUs)) events.at(atUs, () => deliver(run));
  };
  const queuedBytes = (): number =>
    link.backlogBytes() + lanes.reduce((sum, lane) => sum + lane.waitingBytes, 0);

  const reportOf = (camera: number, tally: Tally): CameraReport => ({
    ...tally,
    configVersion: edge.settingOf(camera).version,
    online: events.nowUs - edge.lastFrameUs(camera) <= offlineAfterUs,
  });

  return {
    configure: (camera, setting) =>
      deliver(() => {
        if (setting.version > edge.settingOf(camera).version) edge.configure(camera, setting);
      }),
    report() {
      const sinceUs = Math.max(1, events.nowUs - reportedUs);
      reportedUs = events.nowUs;
      const arrivesUs = broker.storedUs(link.arrivalUs(calibration.smallMessageBytes));
      const cameras = new Map<number, CameraReport>();
      for (const [camera, tally] of tallies) {
        if (edge.lastFrameUs(camera) >= 0) cameras.set(camera, reportOf(camera, tally));
        tallies.set(camera, emptyTally());
      }
      const report = {
        site,
        cpuShare: Math.min(1, edge.takeBusyUs() / (model.cores * sinceUs)),
        uplinkBytesPerSecond: (leftBytes * 1e6) / sinceUs,
        uplinkQueueBytes: queuedBytes(),
        brokerRoundTripMs: (arrivesUs - events.nowUs + link.delayUs()) / 1e3,
        cameras,
      };
      leftBytes = 0;
      return { report, arrivesUs };
    },
    stored(frame) {
      ledger.encodedEnded('published');
      const tally = tallyOf(frame.camera);
      tally.published += 1;
      tally.publishedBytes += frame.bytes;
    },
    get queuedBytes() {
      return queuedBytes();
    },
  };
}

interface Tally {
  captured: number;
  published: number;
  discarded: number;
  madeWay: number;
  publishedBytes: number;
}

function emptyTally(): Tally {
  return { captured: 0, published: 0, discarded: 0, madeWay: 0, publishedBytes: 0 };
}
