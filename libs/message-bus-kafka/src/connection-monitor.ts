import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, type BusState } from '@framegate/message-bus';

export interface Probe {
  /** Resolves when the cluster answers. */
  ask(): Promise<void>;
  /** Forgets the connection, so that the next `ask` makes a new one. */
  drop(): void;
}

export interface MonitorOptions {
  probeIntervalMs: number;
  probeTimeoutMs: number;
  random: () => number;
}

const PROBE_BACKOFF = { initialMs: 100, maxMs: 1000 };

/** Asks the cluster at intervals whether it is there. A stalled broker keeps its connections, so only answers count. */
export class ConnectionMonitor {
  readonly #probe: Probe;
  readonly #options: MonitorOptions;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<(state: BusState, reason: string) => void>();
  #state: BusState = 'reconnecting';
  #reason = '';
  #failures = 0;

  constructor(probe: Probe, options: MonitorOptions) {
    this.#probe = probe;
    this.#options = options;
    void this.#run();
  }

  get state(): BusState {
    return this.#state;
  }

  onState(listener: (state: BusState, reason: string) => void): () => void {
    this.#listeners.add(listener);
    if (this.#state === 'reconnecting' && this.#reason !== '') listener(this.#state, this.#reason);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#stop.abort();
    this.#listeners.clear();
    this.#probe.drop();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#check();
      await this.#pause();
    }
  }

  async #check(): Promise<void> {
    try {
      await this.#answer();
      this.#failures = 0;
      this.#enter('connected', 'the cluster answers');
    } catch (error) {
      this.#failures += 1;
      this.#probe.drop();
      this.#enter('reconnecting', error instanceof Error ? error.message : String(error));
    }
  }

  async #answer(): Promise<void> {
    const { probeTimeoutMs } = this.#options;
    const over = new AbortController();
    const timeout = delay(probeTimeoutMs, undefined, { signal: over.signal }).then(() => {
      throw new Error(`no answer from the cluster for ${probeTimeoutMs} ms`);
    });
    const asked = this.#probe.ask();
    try {
      await Promise.race([asked, timeout]);
    } finally {
      over.abort();
      timeout.catch(() => {});
      asked.catch(() => {}); // It may still fail, long after nobody waits.
    }
  }

  async #pause(): Promise<void> {
    const { probeIntervalMs, random } = this.#options;
    const pauseMs =
      this.#failures === 0 ? probeIntervalMs : backoffMs(this.#failures, PROBE_BACKOFF, random());
    await delay(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  #enter(state: BusState, reason: string): void {
    if (this.#stop.signal.aborted || (state === this.#state && reason === this.#reason)) return;
    this.#state = state;
    this.#reason = reason;
    for (const listener of this.#listeners) listener(state, reason);
  }
}
