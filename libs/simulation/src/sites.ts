import type { Broker } from './broker.ts';
import { createBroker } from './broker.ts';
import type { Frame } from './frame.ts';
import type { Observer } from './observer.ts';
import { createRandom } from './random.ts';
import { siteOfCamera } from './scenario.ts';
import type { SimulatedSite } from './site-model.ts';
import { createSite } from './site-model.ts';
import { planSites } from './site-plan.ts';
import type { World } from './world.ts';

export type Sites = ReadonlyMap<string, SimulatedSite>;

/** All sites of a run, with the broker that they send to; `deliver` gets what it has stored. */
export function createSites(world: World, deliver: (frame: Frame) => void): Sites {
  const { scenario, seed, conditions, events, ledgers, settings, recorder, untilUs } = world;
  const { cameras, cloud } = scenario;
  const sites = new Map<string, SimulatedSite>();
  const broker: Broker = createBroker({
    events,
    latencyMs: cloud.brokerMs,
    addedMs: conditions.brokerAddedMs,
    away: conditions.brokerAway,
    onStored: (frame) => {
      world.truth.published(frame);
      recorder.stored(frame);
      sites.get(siteOfCamera(frame.cameraId))?.stored(frame);
    },
    onDelivered: deliver,
  });
  for (const plan of planSites(scenario, settings, seed, (camera) => conditions.stalled(camera))) {
    const clock = world.clocks.get(plan.model.site);
    if (!clock) continue;
    const site = createSite({
      ...plan,
      events,
      conditions,
      clock,
      seed,
      untilUs,
      configDelayMs: cloud.configDelayMs,
      ledger: ledgers.edge,
      broker,
      burst: (camera) => (camera + 0.5) / cameras.length < conditions.burstShare.at(events.nowUs),
      onMotion: recorder.motion,
    });
    sites.set(plan.model.site, site);
  }
  return sites;
}

/** Each edge tells of itself once a second, at a moment of its own; with it its clock is estimated anew. */
export function planReports(
  { scenario, seed, events, clocks, untilUs }: World,
  sites: Sites,
  observer: Observer,
): void {
  for (const [name, site] of sites) {
    const tell = (): void => {
      const nextUs = events.nowUs + 1e6;
      if (nextUs < untilUs) events.at(nextUs, tell);
      clocks.get(name)?.estimate(events.nowUs);
      const { report, arrivesUs } = site.report();
      observer.report(report, arrivesUs + scenario.cloud.telemetry.delayMs * 1e3);
    };
    events.at(createRandom(seed, 'report', name).uniform() * 1e6, tell);
  }
}
