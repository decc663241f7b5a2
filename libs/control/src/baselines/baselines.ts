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

/** Who the controller is judged against. Parameters were tuned on seeds 1-3 (decision 0008). */
export function createBaselines(declaration: Declaration, profiles: ReadonlyMap<string, Profile>): Policy[] {
  const catalogue = createCatalogue(declaration, profiles, builtInProfile());
  return [
    perCamera(catalogue, staticSetting('static-high', 1)),
    perCamera(catalogue, staticSetting('static-low', 0)),
    perCamera(catalogue, thresholdSkipping({ high: 0.5, low: 0.35, calmSeconds: 5 })),
    perCamera(catalogue, aimdRate({ late: 0.5, increase: 0.25, decrease: 0.4 })),
    perCamera(catalogue, piLatency({ setPoint: 0.5, proportional: 0.3, integral: 0.15 })),
    perCamera(catalogue, awstream({ backOff: 0.7, probeSeconds: 3, patienceSeconds: 3, queueSeconds: 0.1 })),
    perCamera(
      catalogue,
      modelPredictive({ horizonSeconds: 5, latePenalty: 1, switchPenalty: 0.3, caution: 0.95 }),
    ),
  ];
}
