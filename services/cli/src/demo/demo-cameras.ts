import { AssetError, findAsset } from '@framegate/assets';
import type { CameraIntent } from '@framegate/contracts';
import type { Source } from '@framegate/video-source';
import { parseSource } from '@framegate/video-source';

export interface DemoCamera {
  readonly source: Source;
  readonly watch?: Source | undefined;
  readonly intent: CameraIntent;
}

/** The detector that the project contains; it knows the people and cars of the synthetic scenes. */
const ownModel = 'street-nano';
/** The detector for real pictures. */
const realModel = 'yolox-nano-416';

export const demoSite = 'demo';
const clips = { plaza: 'vtest.avi', hall: 'one-by-one-person-detection.mp4' } as const;
const scenes = { street: 'scene:street', rain: 'scene:rain' } as const;

/**
 * What the demo watches without arguments: two real clips with YOLOX where both are at hand, and two synthetic
 * scenes with the project's own detector. `missing` says in one line what is not at hand.
 */
export async function defaultCameras(): Promise<{ cameras: DemoCamera[]; missing?: string }> {
  const synthetic = Object.entries(scenes).map(([id, source]) => demoCamera(`scene-${id}`, source, ownModel));
  try {
    await findAsset(realModel);
    const real = await Promise.all(
      Object.entries(clips).map(async ([id, clip]) =>
        demoCamera(`clip-${id}`, (await findAsset(clip)).path, realModel),
      ),
    );
    return { cameras: [...real, ...synthetic] };
  } catch (error) {
    if (!(error instanceof AssetError)) throw error;
    return { cameras: synthetic, missing: error.message };
  }
}

/** Cameras for the sources that a person named; without a model, scenes get the own detector, others the real one. */
export function camerasOf(sources: readonly Source[], model: string | undefined): DemoCamera[] {
  return sources.map((source, index) => {
    const id = sources.length === 1 ? 'camera' : `camera-${index + 1}`;
    return { source, intent: intentOf(id, model ?? (source.kind === 'scene' ? ownModel : realModel)) };
  });
}

function demoCamera(id: string, source: string, model: string): DemoCamera {
  return { source: parseSource(source), intent: intentOf(id, model) };
}

function intentOf(id: string, model: string): CameraIntent {
  return {
    cameraId: `${demoSite}/${id}`,
    revision: 0,
    motionMasks: [],
    privacyMasks: [],
    zones: [],
    classes: [],
    objectiveMs: 500,
    preRollSeconds: 0.5,
    postRollSeconds: 1,
    keepAliveSeconds: 10,
    wanted: {
      framesPerSecond: 10,
      width: 1280,
      quality: 80,
      motionSensitivity: 50,
      model,
    },
  };
}
