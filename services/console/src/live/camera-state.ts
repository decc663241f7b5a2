import type { CameraConfig, CameraIntent, CameraState as ToldState } from '@framegate/contracts';
import type { CameraState } from '../protocol/live.ts';

export interface CameraFacts {
  /** As its site told it last. */
  readonly told: ToldState;
  readonly toldReason: string;
  /** Since the site told anything of the camera. */
  readonly silentMs: number;
  /** Frames that wait on the site's disk. */
  readonly spooled: number;
  readonly intent: CameraIntent | undefined;
  readonly config: CameraConfig | undefined;
}

/** Sites tell each second; after this many ms what is known of a camera is old. */
const staleAfterMs = 3500;

/** How a camera stands, in one word and a reason; the worst that holds. */
export function cameraState(facts: CameraFacts): { state: CameraState; reason: string } {
  const { told, toldReason, silentMs, spooled } = facts;
  if (silentMs > staleAfterMs)
    return { state: 'stale', reason: `its site has told nothing for ${Math.floor(silentMs / 1000)} s` };
  if (told === 'offline' || told === 'ended')
    return { state: 'offline', reason: toldReason || (told === 'ended' ? 'its source has ended' : '') };
  if (told === 'connecting') return { state: 'connecting', reason: toldReason };
  if (spooled > 0)
    return { state: 'spooling', reason: `${spooled} frames wait at the site until the link carries them` };
  const lowered = loweredSettings(facts.intent, facts.config);
  return lowered.length > 0
    ? { state: 'adapting', reason: `${lowered.join(', ')}, to keep the promise` }
    : { state: 'live', reason: '' };
}

/** What the controller gives less of than the operator wants. */
function loweredSettings(intent: CameraIntent | undefined, config: CameraConfig | undefined): string[] {
  if (!intent || !config || config.intentRevision < intent.revision) return [];
  const { wanted } = intent;
  return [
    ...(config.framesPerSecond < wanted.framesPerSecond
      ? [`${rounded(config.framesPerSecond)} of ${rounded(wanted.framesPerSecond)} frames/s`]
      : []),
    ...(config.width < wanted.width ? [`${config.width} of ${wanted.width} pixels wide`] : []),
    ...(config.quality < wanted.quality ? [`JPEG quality ${config.quality} of ${wanted.quality}`] : []),
    ...(config.model === wanted.model ? [] : [`model ${config.model} for ${wanted.model}`]),
  ];
}

function rounded(value: number): string {
  return String(Number(value.toFixed(1)));
}
