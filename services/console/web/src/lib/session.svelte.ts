import type { SessionState } from '../../../src/protocol/session.ts';
import { ask, getJson, sendJson } from './api.ts';

/** Who is signed in at this browser, and what they may. */
class Session {
  state = $state.raw<SessionState | undefined>();

  get mayChange(): boolean {
    return this.state?.identity?.role === 'operator';
  }

  async load(): Promise<void> {
    this.state = await getJson<SessionState>('/v1/session');
  }

  /** @throws ApiProblem for a token that is none */
  async begin(token: string): Promise<void> {
    await sendJson('POST', '/v1/session', { token });
    await this.load();
  }

  async end(): Promise<void> {
    await ask('/v1/session', { method: 'DELETE' });
    // What was shown is no longer this browser's to show.
    location.assign('/');
  }
}

export const session = new Session();
