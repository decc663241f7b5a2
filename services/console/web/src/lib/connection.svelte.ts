import type {
  BrowserMessage,
  CameraAreas,
  CameraStanding,
  LiveState,
  PictureHeader,
  ServerMessage,
} from '../../../src/protocol/live.ts';
import { decodePicture } from '../../../src/protocol/picture-message.ts';

export interface ShownPicture {
  readonly header: PictureHeader;
  readonly jpeg: Uint8Array<ArrayBuffer>;
}

/** Draws a picture; the next of its camera comes when the promise is done. */
type PictureListener = (picture: ShownPicture) => Promise<void>;

const firstRetryMs = 500;
const longestRetryMs = 5000;
/** The server tells each second; a connection that is silent for so long is broken, whatever it says. */
const silentMs = 6000;

/** The live connection to the console: how all cameras stand, and the pictures of those that are on the page. */
class Connection {
  /** `connecting`: nothing has been heard yet; `reconnecting`: what is shown is from before. */
  status = $state<'connecting' | 'connected' | 'reconnecting'>('connecting');
  state = $state.raw<LiveState | undefined>();
  areas = $state.raw<ReadonlyMap<string, CameraAreas>>(new Map());
  /** The cloud's time now, µs; moves a few times a second. */
  nowUs = $state(Date.now() * 1000);

  #socket: WebSocket | undefined;
  #isOpen = false;
  #retries = 0;
  #heardAtMs = 0;
  /** The cloud's clock less this browser's, µs. */
  #clockUs = 0;
  readonly #listeners = new Map<string, Set<PictureListener>>();
  #watchTold = false;

  get cameras(): readonly CameraStanding[] {
    return this.state?.cameras ?? [];
  }

  timezoneOf(cameraId: string): string {
    const site = cameraId.slice(0, cameraId.indexOf('/'));
    return this.state?.sites.find((known) => known.site === site)?.timezone ?? 'UTC';
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#connect();
    setInterval(() => {
      this.nowUs = Date.now() * 1000 + this.#clockUs;
      if (this.status === 'connected' && performance.now() - this.#heardAtMs > silentMs)
        this.#socket?.close();
    }, 200);
  }

  /** Pictures of the camera from now on, until the function that is returned is called. */
  watch(cameraId: string, listener: PictureListener): () => void {
    const listeners = this.#listeners.get(cameraId) ?? new Set();
    this.#listeners.set(cameraId, listeners.add(listener));
    this.#tellWatch();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(cameraId);
      this.#tellWatch();
    };
  }

  #connect(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/v1/live`);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('open', () => this.#tellWatch());
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#heardAtMs = performance.now();
      if (typeof data === 'string') this.#take(JSON.parse(data));
      else void this.#show(socket, data);
    });
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      if (this.state) this.status = 'reconnecting';
      const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#retries);
      this.#retries += 1;
      // Spread, so that all browsers don't come back in one moment.
      setTimeout(() => this.#connect(), longest * (0.5 + Math.random() / 2));
    });
  }

  #take(message: ServerMessage): void {
    if (message.type === 'areas') {
      this.areas = new Map([...this.areas, [message.cameraId, message]]);
      return;
    }
    this.#clockUs = message.atUs - Date.now() * 1000;
    this.#retries = 0;
    this.state = message;
    this.status = 'connected';
  }

  async #show(socket: WebSocket, data: ArrayBuffer): Promise<void> {
    const picture = decodePicture(data);
    const listeners = this.#listeners.get(picture.header.cameraId) ?? [];
    await Promise.allSettled([...listeners].map(async (listener) => listener(picture)));
    const { number } = picture.header;
    say(socket, { type: 'drawn', number });
  }

  /** Once for all that changes in one go, as when a page appears. */
  #tellWatch(): void {
    if (this.#watchTold) return;
    this.#watchTold = true;
    queueMicrotask(() => {
      this.#watchTold = false;
      if (this.#socket) say(this.#socket, { type: 'watch', cameras: [...this.#listeners.keys()] });
    });
  }
}

function say(socket: WebSocket, message: BrowserMessage): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

export const connection = new Connection();
