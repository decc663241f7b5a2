import { z } from 'zod';
import type { ViewerMetrics } from '../metrics.ts';
import type { LiveAreas, ServerMessage } from '../protocol/live.ts';
import { encodePicture } from '../protocol/picture-message.ts';
import type { LiveFeed } from './live-feed.ts';
import type { Picture } from './pair-pictures.ts';
import { headerOf } from './live-feed.ts';
import { createViewerQueue } from './viewer-queue.ts';

/** The part of a WebSocket that is used here. */
export interface ViewerSocket {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): void;
  on(event: 'close' | 'error', listener: () => void): void;
}

export interface LiveState {
  state(): ServerMessage;
  /** The areas of all cameras. */
  areas(): LiveAreas[];
  onAreas(listener: (areas: LiveAreas) => void): () => void;
  /** Called each second. */
  onSecond(listener: () => void): () => void;
}

/** As many as a browser draws at once; more on their way only make what it shows older. */
const limits = { maxUndrawn: 8, maxBufferedBytes: 1024 * 1024 };
const maxWatched = 1000;

const browserMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('drawn'), number: z.int().nonnegative() }),
  z.object({ type: z.literal('watch'), cameras: z.array(z.string().max(130)).max(maxWatched) }),
]);
/** RFC 6455: what was sent is of the right kind and still not acceptable. */
const policyViolation = 1008;

/** Shows a browser how all cameras stand, and the pictures of those that it watches, as fast as it draws them. */
export function serveViewer(
  socket: ViewerSocket,
  feed: LiveFeed,
  live: LiveState,
  metrics: ViewerMetrics,
): void {
  const queue = createViewerQueue(limits);
  const tell = (message: ServerMessage): void => socket.send(JSON.stringify(message));
  const viewer = metrics.opened(() => socket.bufferedAmount);
  const sendPicture = (picture: Picture, number: number): void => {
    const message = encodePicture(headerOf(picture, number), picture.frame.jpeg);
    socket.send(message);
    metrics.sent(message.byteLength);
  };
  const pump = (): void => {
    for (let next = queue.next(socket.bufferedAmount); next; next = queue.next(socket.bufferedAmount)) {
      const picture = feed.newest(next.cameraId);
      // A camera that has shown nothing yet took a number: the browser need not draw it.
      if (picture) sendPicture(picture, next.number);
      else queue.drawn(next.number);
    }
  };
  const endings = [
    feed.onPicture((cameraId) => {
      if (queue.offer(cameraId)) metrics.skipped();
      pump();
    }),
    viewer.closed,
    live.onAreas(tell),
    live.onSecond(() => {
      tell(live.state());
      pump();
    }),
  ];
  const end = (): void => endings.forEach((ending) => ending());
  socket.on('close', end);
  socket.on('error', end);
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parseMessage(data.toString('utf8'));
    if (message === undefined) return socket.close(policyViolation, 'expected {"type":"drawn"|"watch", …}');
    if (message.type === 'drawn') queue.drawn(message.number);
    else queue.watch(message.cameras);
    pump();
  });
  live.areas().forEach(tell);
  tell(live.state());
}

function parseMessage(text: string): z.output<typeof browserMessageSchema> | undefined {
  try {
    return browserMessageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
