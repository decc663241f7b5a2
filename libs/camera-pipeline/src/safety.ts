import type { CameraConfig, EdgeTelemetry } from '@framegate/contracts';
import type { SafeSince } from './safe-rung.ts';
import { safeConfig, safeSince } from './safe-rung.ts';

/** Whether a site stands on its own safe rung, judged each second. */
export interface Safety {
  /** Judges again; true when that changed, and the cameras have to be told. */
  turn(): boolean;
  /** Without a configuration no controller has ever steered the camera: it does what its operator wants. */
  limited(config: CameraConfig | undefined): CameraConfig | undefined;
  telemetry(): Pick<EdgeTelemetry, 'safeRung'>;
}

export interface SafetyOptions {
  readonly nowUs: () => number;
  /** When a controller was last heard; -Infinity before the first time. */
  readonly heardAtUs: () => number;
  /** 0: never. */
  readonly afterSeconds: number;
  readonly onChange: (isSafe: boolean) => void;
}

export function createSafety({ nowUs, heardAtUs, afterSeconds, onChange }: SafetyOptions): Safety {
  const startedAtUs = nowUs();
  let since: SafeSince = null;
  return {
    turn() {
      const before = since;
      since = safeSince(before, nowUs(), Math.max(startedAtUs, heardAtUs()), afterSeconds);
      const isChanged = (before === null) !== (since === null);
      if (isChanged) onChange(since !== null);
      return isChanged;
    },
    limited: (config) => (config && since !== null ? safeConfig(config) : config),
    telemetry: () => (since === null ? {} : { safeRung: { sinceUs: since } }),
  };
}
