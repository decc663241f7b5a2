import type { CameraDirectory } from '@framegate/camera-directory';
import type { CameraConfig, CameraIntent } from '@framegate/contracts';
import type { CameraView } from '@framegate/run-observer';
import type { LeverShares } from '../protocol/history.ts';

/** What is wanted of and given to a camera that has told nothing for so long, or never, moves nothing. */
const silentUs = 30e6;

/** How much of what operators want the cameras that run are given; null without such cameras. */
export function leverShares(
  cameras: readonly Pick<CameraView, 'cameraId' | 'heardAtUs'>[],
  { intents, configs }: Pick<CameraDirectory, 'intents' | 'configs'>,
  nowUs: number,
): LeverShares | null {
  const shares = cameras.flatMap(({ cameraId, heardAtUs }) => {
    const intent = intents.get(cameraId);
    return intent && nowUs - heardAtUs < silentUs ? [sharesOf(intent, configs.get(cameraId))] : [];
  });
  if (shares.length === 0) return null;
  const mean = (of: (share: LeverShares) => number): number =>
    shares.reduce((sum, share) => sum + of(share), 0) / shares.length;
  return {
    frameRate: mean((s) => s.frameRate),
    width: mean((s) => s.width),
    quality: mean((s) => s.quality),
  };
}

function sharesOf({ wanted }: CameraIntent, config: CameraConfig | undefined): LeverShares {
  const given = config ?? wanted;
  return {
    frameRate: Math.min(1, given.framesPerSecond / wanted.framesPerSecond),
    width: Math.min(1, given.width / wanted.width),
    quality: Math.min(1, given.quality / wanted.quality),
  };
}
