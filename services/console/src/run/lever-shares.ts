import type { CameraDirectory } from '@framegate/camera-directory';
import type { CameraConfig, CameraIntent } from '@framegate/contracts';
import type { LeverShares } from '../protocol/history.ts';

/** How much of what operators want their cameras get; null without cameras. */
export function leverShares({
  intents,
  configs,
}: Pick<CameraDirectory, 'intents' | 'configs'>): LeverShares | null {
  const shares = [...intents.values()].map((intent) => sharesOf(intent, configs.get(intent.cameraId)));
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
