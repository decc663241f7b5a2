import type { ThresholdOptions } from './threshold-skipping.ts';
import type { PiOptions } from './pi-latency.ts';
import type { MpcOptions } from './model-predictive.ts';
import type { AwstreamOptions } from './awstream.ts';
import type { AimdOptions } from './aimd-rate.ts';
import { builtInProfile } from '../profile/built-in-profile.ts';
import { createCatalogue } from '../profile/catalogue.ts';
import type { Declaration } from '../declaration/declaration.ts';
import type { Policy } from '../policy.ts';
import type { Profile } from '../profile/profile.ts';
import { aimdRate } from './aimd-rate.ts';
import { awstream } from './awstream.ts';
import { modelPredictive } from './model-predictive.ts';
import { perCamera } from './per-camera.ts';
import { piLatency } from './pi-latency.ts';
import { staticSetting } from './static-setting.ts';
import { thresholdSkipping } from './threshold-skipping.ts';

/** What each of them can be tuned by. */
export interface BaselineParameters {
  readonly threshold: ThresholdOptions;
  readonly aimd: AimdOptions;
  readonly pi: PiOptions;
  readonly awstream: AwstreamOptions;
  readonly mpc: MpcOptions;
}

/** As `pnpm bench tune-baselines` finds them on seeds 1-9, which no report uses. */
export const tunedParameters: BaselineParameters = {
  threshold: { high: 0.8, low: 0.45, calmSeconds: 3 },
  aimd: { late: 0.8, increase: 1, decrease: 0.6 },
  pi: { setPoint: 0.7, proportional: 0.15, integral: 0.15 },
  awstream: { backOff: 0.85, probeSeconds: 3, patienceSeconds: 2, queueSeconds: 0.25 },
  mpc: { horizonSeconds: 5, latePenalty: 2, switchPenalty: 0.3, caution: 0.95 },
};

/** Who the controller is judged against. */
export function createBaselines(
  declaration: Declaration,
  profiles: ReadonlyMap<string, Profile>,
  parameters: BaselineParameters = tunedParameters,
): Policy[] {
  const catalogue = createCatalogue(declaration, profiles, builtInProfile());
  return [
    perCamera(catalogue, staticSetting('static-high', 1)),
    perCamera(catalogue, staticSetting('static-low', 0)),
    perCamera(catalogue, thresholdSkipping(parameters.threshold)),
    perCamera(catalogue, aimdRate(parameters.aimd)),
    perCamera(catalogue, piLatency(parameters.pi)),
    perCamera(catalogue, awstream(parameters.awstream)),
    perCamera(catalogue, modelPredictive(parameters.mpc)),
  ];
}
