import type { Cause } from '@framegate/control';
import type { Disturbance } from './disturbance.ts';
import type { Scenario } from './scenario.ts';
import { camerasOf, cloudOf, scenarioOf, siteOf } from './scenario-parts.ts';

/** A fault to inject, alone or with others. */
export interface Fault {
  readonly name: FaultName;
  readonly atSeconds: number;
  readonly untilSeconds?: number;
  /** 0 is just felt, 1 is grave. */
  readonly severity: number;
  /** Where; absent: everywhere. */
  readonly cameraId?: string;
  readonly site?: string;
  readonly instance?: number;
}

export const faultNames = [
  'camera-stall',
  'edge-cpu-loss',
  'encode-slow',
  'uplink-narrow',
  'uplink-delay',
  'broker-slow',
  'overload',
  'inference-slow',
  'workers-lost',
  'clock-step',
] as const;
export type FaultName = (typeof faultNames)[number];

/** The cause that a fault must be put down to. */
export const causeOfFault: Readonly<Record<FaultName, Cause>> = {
  'camera-stall': 'camera',
  'edge-cpu-loss': 'edge-cpu',
  'encode-slow': 'encode',
  'uplink-narrow': 'uplink',
  'uplink-delay': 'uplink',
  'broker-slow': 'broker',
  overload: 'mailbox',
  'inference-slow': 'inference-compute',
  'workers-lost': 'inference-compute',
  'clock-step': 'clock',
};

/** The disturbance that a fault is, with a size that matters in `faultScenario`. */
export function disturbanceOf(fault: Fault): Disturbance {
  const { severity, cameraId, site, instance } = fault;
  const period = {
    atSeconds: fault.atSeconds,
    ...(fault.untilSeconds === undefined ? {} : { untilSeconds: fault.untilSeconds }),
  };
  const atSite = site === undefined ? {} : { site };
  const atInstance = instance === undefined ? {} : { instance };
  switch (fault.name) {
    case 'camera-stall':
      return { kind: 'camera-stall', ...period, ...(cameraId === undefined ? {} : { cameraId }) };
    case 'edge-cpu-loss':
      return { kind: 'edge-cpu-loss', ...period, ...atSite, share: between(0.9, 0.97, severity) };
    case 'encode-slow':
      return { kind: 'encode-slow', ...period, ...atSite, factor: between(20, 60, severity) };
    case 'uplink-narrow':
      return { kind: 'uplink-narrow', ...period, ...atSite, factor: between(0.2, 0.05, severity) };
    case 'uplink-delay':
      return { kind: 'uplink-delay', ...period, ...atSite, addedMs: between(150, 800, severity) };
    case 'broker-slow':
      return { kind: 'broker-slow', ...period, addedMs: between(150, 1000, severity) };
    case 'overload':
      return { kind: 'motion-burst', ...period, share: between(0.9, 1, severity) };
    case 'inference-slow':
      return { kind: 'inference-slow', ...period, ...atInstance, factor: between(2.5, 6, severity) };
    case 'workers-lost':
      return { kind: 'workers-lost', ...period, ...atInstance, workers: severity < 0.5 ? 2 : 3 };
    case 'clock-step':
      return { kind: 'clock-step', ...period, ...atSite, stepMs: between(300, 5000, severity) };
  }
}

/** A pipeline at ease, with room for none of the faults: what faults are injected into. */
export const faultScenario: Scenario = scenarioOf({
  name: 'faults',
  title: 'eight cameras at two sites, at ease until a fault is injected',
  durationSeconds: 120,
  cameras: camerasOf(8, { sites: ['north', 'south'], motionShare: 0.3, meanOnSeconds: 8 }),
  sites: ['north', 'south'].map((site) => siteOf(site, 40, { cores: 2 })),
  cloud: cloudOf({ workers: 4 }),
});

function between(mild: number, grave: number, severity: number): number {
  return mild + (grave - mild) * Math.min(1, Math.max(0, severity));
}
