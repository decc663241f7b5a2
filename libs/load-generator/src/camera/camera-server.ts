/** Stands in for many cameras: whoever reads one gets the pictures that are sent to it. */
export interface CameraServer {
  /** @param camera counted from 0 */
  urlOf(camera: number): string;
  /** Cameras that somebody reads. */
  read(): number;
  /**
   * Gives a picture to all who read the camera; resolves when the kernel has it.
   * @returns bytes given
   * @throws Error when nobody reads the camera, or a reader is so slow that the picture was left out
   */
  send(camera: number, picture: CameraPicture): Promise<number>;
  close(): Promise<void>;
}

export interface CameraPicture {
  readonly dueUs: number;
  /** Counts from 1 for each camera. */
  readonly seq: number;
  /** Whether something moves in it. */
  readonly moves: boolean;
}

/** What a reader may have under way before pictures for it are left out. */
const mostUnreadBytes = 8 * 1024 * 1024;

/** A reader's connection, for both kinds of server. */
export interface Reader {
  readonly unreadBytes: number;
  /** Resolves when the kernel has them. */
  write(bytes: Uint8Array): Promise<void>;
}

export function isBehind({ unreadBytes }: Reader): boolean {
  return unreadBytes > mostUnreadBytes;
}

/** @throws Error as `CameraServer.send` says */
export async function sendToAll<R extends Reader>(
  readers: ReadonlySet<R> | undefined,
  bytesFor: (reader: R) => Uint8Array,
): Promise<number> {
  if (!readers || readers.size === 0) throw new Error('nobody reads this camera');
  let sent = 0;
  for (const reader of readers) {
    if (isBehind(reader))
      throw new Error('the reader of this camera does not keep up, a picture was left out');
    const bytes = bytesFor(reader);
    await reader.write(bytes);
    sent += bytes.length;
  }
  return sent;
}

/** `/camera-3` is number 2. */
export function cameraOf(path: string, cameras: number): number | undefined {
  const [, number] = /\/camera-(\d+)(?:[/?].*)?$/.exec(path) ?? [];
  const camera = Number(number) - 1;
  return camera >= 0 && camera < cameras ? camera : undefined;
}
