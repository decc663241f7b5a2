import type { Detection } from '@framegate/contracts';
import type { Sighting } from '../protocol/camera.ts';

/** What was in view of each camera lately. */
export interface Sightings {
  add(detection: Detection): void;
  /** Newest first. */
  of(cameraId: string): readonly Sighting[];
}

/** A class that was not found for so long has left; what comes then is another sighting. */
const gapUs = 4e6;
const keptOfCamera = 60;

/** Joins the results of a camera, class by class: it counts and follows nobody. */
export function createSightings(): Sightings {
  const cameras = new Map<string, Sighting[]>();
  return {
    add({ cameraId, objects, timesUs }) {
      const atUs = timesUs.captured;
      let list = cameras.get(cameraId) ?? [];
      for (const [className, found] of Map.groupBy(objects, (object) => object.className)) {
        const now: Sighting = {
          className,
          fromUs: atUs,
          toUs: atUs,
          most: found.length,
          bestScore: Math.max(...found.map(({ score }) => score)),
          zones: [...new Set(found.flatMap(({ zones }) => zones))],
        };
        const last = list.find((sighting) => sighting.className === className);
        const goesOn = last && atUs - last.toUs < gapUs;
        const rest = goesOn ? list.filter((sighting) => sighting !== last) : list;
        list = [goesOn ? joined(last, now) : now, ...rest].slice(0, keptOfCamera);
      }
      cameras.set(cameraId, list);
    },
    of: (cameraId) => (cameras.get(cameraId) ?? []).toSorted((a, b) => b.fromUs - a.fromUs),
  };
}

function joined(a: Sighting, b: Sighting): Sighting {
  return {
    className: a.className,
    fromUs: Math.min(a.fromUs, b.fromUs),
    toUs: Math.max(a.toUs, b.toUs),
    most: Math.max(a.most, b.most),
    bestScore: Math.max(a.bestScore, b.bestScore),
    zones: [...new Set([...a.zones, ...b.zones])],
  };
}
