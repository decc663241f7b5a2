import { z } from 'zod';

const quietSchema = z.object({
  /** When it was heard last, or when it was known and not heard, µs since the Unix epoch. */
  sinceUs: z.number(),
  /** The same for all consoles; the silence is known by it. */
  mark: z.number(),
  /** Rules that have told of it. */
  told: z.array(z.string()).readonly(),
});
/** Cameras of which nothing is heard, by their id, as consoles agree on them and the next one finds them. */
export const quietCamerasSchema = z.record(z.string(), quietSchema);
export type QuietCameras = Readonly<z.output<typeof quietCamerasSchema>>;

export interface Quiet {
  readonly cameraId: string;
  readonly sinceUs: number;
  readonly mark: number;
  readonly told: Set<string>;
}

/** Since when nothing is heard of which camera. */
export interface SilenceClock {
  /** @param toldAtUs as the site told it, the same for all who heard it */
  heard(cameraId: string, nowUs: number, toldAtUs: number): void;
  /** All cameras there are: the clock of one that was never heard begins now, one that is gone is forgotten. */
  known(cameraIds: readonly string[], nowUs: number): void;
  /** Whether a camera is quiet of which others have not been told. */
  hasNews(nowUs: number): boolean;
  /** Takes what others know, and adds what is known here. @returns what all are to know */
  agree(kept: QuietCameras, nowUs: number): QuietCameras;
  cameras(): readonly Quiet[];
  /** Nothing could be heard until now: each camera's silence is counted from now on, and is told by no rule twice. */
  beginAgain(nowUs: number): void;
  /** A rule that was about to tell has not. */
  notTold(cameraId: string, ruleId: string): void;
}

/** Sites tell each second: before this nothing is worth telling other consoles. */
const quietUs = 4e6;

interface Since extends Omit<Quiet, 'cameraId'> {
  readonly wasHeard: boolean;
  isShared: boolean;
}

export function createSilenceClock(): SilenceClock {
  const cameras = new Map<string, Since>();
  /** What was before says nothing, as nothing could be heard. */
  let countedFromUs = -Infinity;

  const adopt = (cameraId: string, { sinceUs, mark, told }: QuietCameras[string]): void => {
    const own = cameras.get(cameraId);
    // Heard here since then: the silence is over, or another one.
    if (own && own.sinceUs > sinceUs && own.mark !== mark && own.wasHeard) return;
    const together = new Set([...told, ...(own?.mark === mark ? own.told : [])]);
    cameras.set(cameraId, {
      sinceUs: Math.max(sinceUs, countedFromUs),
      mark,
      told: together,
      wasHeard: own?.wasHeard ?? false,
      isShared: true,
    });
  };
  const begin = (cameraId: string, sinceUs: number, mark: number, wasHeard: boolean): void =>
    void cameras.set(cameraId, { sinceUs, mark, told: new Set(), wasHeard, isShared: false });
  const quietBy = (nowUs: number) => [...cameras].filter(([, { sinceUs }]) => nowUs - sinceUs >= quietUs);
  return {
    heard: (cameraId, nowUs, toldAtUs) => begin(cameraId, nowUs, toldAtUs, true),
    known(cameraIds, nowUs) {
      const all = new Set(cameraIds);
      for (const cameraId of cameras.keys()) if (!all.has(cameraId)) cameras.delete(cameraId);
      for (const cameraId of all) if (!cameras.has(cameraId)) begin(cameraId, nowUs, nowUs, false);
    },
    hasNews: (nowUs) => quietBy(nowUs).some(([, { isShared }]) => !isShared),
    agree(kept, nowUs) {
      for (const [cameraId, quiet] of Object.entries(kept)) if (cameras.has(cameraId)) adopt(cameraId, quiet);
      const quiet = quietBy(nowUs);
      for (const [, since] of quiet) since.isShared = true;
      return Object.fromEntries(
        quiet.map(([cameraId, { sinceUs, mark, told }]) => [cameraId, { sinceUs, mark, told: [...told] }]),
      );
    },
    cameras: () => [...cameras].map(([cameraId, since]) => ({ cameraId, ...since })),
    beginAgain(nowUs) {
      countedFromUs = nowUs;
      for (const [cameraId, since] of cameras)
        cameras.set(cameraId, { ...since, sinceUs: nowUs, wasHeard: false, isShared: false });
    },
    notTold: (cameraId, ruleId) => void cameras.get(cameraId)?.told.delete(ruleId),
  };
}
