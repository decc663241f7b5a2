import type { CameraIntent } from '@framegate/contracts';
import type { ControllerOptions, ControllerState, Declaration, Policy } from '@framegate/control';
import { createController } from '@framegate/control';
import type { Logger } from '@framegate/service-kit';
import type { ProfileRule } from './profile-files.ts';
import { createProfileLog } from './profile-log.ts';
import type { Scaling } from './scaling.ts';
import type { SetUp } from './set-up.ts';
import { createSetUp } from './set-up.ts';

export interface SteeringDeps {
  readonly intents: ReadonlyMap<string, CameraIntent>;
  /** What the operator declared; undefined: what the cameras' intents say. */
  readonly declaration: () => Declaration | undefined;
  /** Profiles that were measured; cameras that none fits have the built-in one. */
  readonly profiles: () => readonly ProfileRule[];
  /** Cores that the inference may use, where nothing is declared. */
  readonly cores: number;
  readonly scaling: Scaling;
  readonly logger: Logger;
}

/** The policy for what is declared, measured and wanted now: another one as soon as any of these changes. */
export interface Steering {
  setUp(): SetUp;
  policy(): Policy<ControllerState>;
}

export function createSteering(deps: SteeringDeps, options: ControllerOptions): Steering {
  const make = createSetUp(deps.cores, deps.scaling);
  const tellProfiles = createProfileLog(deps.logger);
  const setUp = (): SetUp => make(deps.intents, deps.declaration(), deps.profiles());
  let current: { readonly by: SetUp; readonly policy: Policy<ControllerState> } | undefined;
  return {
    setUp,
    policy() {
      const by = setUp();
      if (current?.by !== by) {
        current = { by, policy: createController(by.declaration, by.profiles, options) };
        tellProfiles(by.chosen);
      }
      return current.policy;
    },
  };
}
