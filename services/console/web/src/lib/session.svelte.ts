import type { SessionState } from '../../../src/protocol/session.ts';
import { getJson } from './api.ts';

/** Who is signed in at this browser, and what they may. */
class Session {
  state = $state.raw<SessionState | undefined>();

  get mayChange(): boolean {
    return this.state?.identity?.role === 'operator';
  }

  async load(): Promise<void> {
    this.state = await getJson<SessionState>('/v1/session');
  }
}

export const session = new Session();
