import type { Lane, Traffic } from './traffic.ts';

type Depths = readonly [left: number, right: number];

function pavement(depths: Depths, departures: readonly number[], chance = 0.75): Lane {
  const metresPerSecond = [1.15, 1.75] as const;
  return {
    class: 'person',
    depths,
    spreadMetres: 0.5,
    metresPerSecond,
    direction: 'both',
    departures,
    chance,
  };
}

function road(
  depth: number,
  direction: Lane['direction'],
  departures: readonly number[],
  chance = 0.7,
): Lane {
  const metresPerSecond = [5, 8] as const;
  const depths = [depth, depth] as const;
  return { class: 'car', depths, spreadMetres: 0.15, metresPerSecond, direction, departures, chance };
}

/** Busy for about 25 s, then empty until the cycle ends. */
export const streetTraffic: Traffic = {
  cycleSeconds: 38,
  lanes: [
    pavement([18.9, 18.9], [1, 5, 9]),
    pavement([18, 18], [2.5, 8], 0.6),
    road(14.6, 'leftwards', [3, 12, 20]),
    road(10.5, 'rightwards', [6, 16, 23]),
    pavement([7.6, 7.6], [4, 10, 18]),
    pavement([7, 7], [7, 15], 0.5),
  ],
};

export const plazaWalkers: Traffic = {
  cycleSeconds: 40,
  lanes: [
    pavement([20.5, 18], [1, 6, 12]),
    pavement([19, 9], [2, 9], 0.7),
    pavement([8, 18], [4, 12], 0.7),
    pavement([14, 12.5], [3, 8, 14]),
    pavement([10, 9], [6, 16], 0.6),
  ],
};

/** Somebody is under way at every moment. */
export const rushHour: Traffic = {
  cycleSeconds: 20,
  lanes: [pavement([20.5, 18], [0, 4, 8, 12, 16], 1), pavement([10, 9], [2, 6, 10, 14, 18], 1)],
};

export const rareWalker: Traffic = {
  cycleSeconds: 45,
  lanes: [pavement([13, 11], [8, 22], 0.45)],
};

export const yardTraffic: Traffic = {
  cycleSeconds: 36,
  lanes: [pavement([15.5, 14.5], [1, 7, 13]), road(12, 'both', [5], 0.7), pavement([9.5, 8.5], [3, 11])],
};
