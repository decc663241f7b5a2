import { describe, expect, it, vi } from 'vitest';
import { createInProcessStore } from './in-process-store.ts';
import { followLeadership } from './leadership.ts';
import type { StateStore } from './port.ts';

const ttlMs = 3_000_000; // Longer than any test: only `check` moves.

function follow(store: StateStore, holder: string) {
  const told = { onLeading: vi.fn<(token: number) => void>(), onStandby: vi.fn<() => void>(), onTrouble: vi.fn<(error: unknown) => void>() }; // prettier-ignore
  return { ...followLeadership({ store, name: 'controller', holder, ttlMs, ...told }), told };
}

/** A store whose answers can be cut off, and a clock of the test's own. */
function makeStore() {
  let nowMs = 0;
  let isAway = false;
  const store = createInProcessStore(() => nowMs);
  const cut: StateStore = {
    ...store,
    acquireLease: (...args) => (isAway ? Promise.reject(new Error('away')) : store.acquireLease(...args)),
    renewLease: (...args) => (isAway ? Promise.reject(new Error('away')) : store.renewLease(...args)),
  };
  return { store: cut, pass: (ms: number) => (nowMs += ms), setAway: (away: boolean) => (isAway = away) };
}

describe('leadership', () => {
  it('goes to the first, and to the standby with a higher token once the lease has ended', async () => {
    const { store, pass } = makeStore();
    const [first, second] = [follow(store, 'a'), follow(store, 'b')];
    await first.check();
    await second.check();
    expect(first.told.onLeading).toHaveBeenLastCalledWith(1);
    expect(second.told.onLeading).not.toHaveBeenCalled();

    pass(ttlMs);
    await second.check();
    await first.check();
    expect(second.told.onLeading).toHaveBeenLastCalledWith(2);
    expect(first.told.onStandby).toHaveBeenCalledOnce();
  });

  it('passes on at once when the leader gives the lease back', async () => {
    const { store } = makeStore();
    const [first, second] = [follow(store, 'a'), follow(store, 'b')];
    await first.check();
    await first.close();
    await second.check();
    expect(second.told.onLeading).toHaveBeenLastCalledWith(2);
  });

  it('stays with the leader while the store is away, and begins a new term when the lease ended meanwhile', async () => {
    const { store, pass, setAway } = makeStore();
    const leader = follow(store, 'a');
    await leader.check();
    setAway(true);
    pass(2 * ttlMs);
    await expect(leader.check()).rejects.toThrow('away');
    expect(leader.told.onStandby).not.toHaveBeenCalled();

    setAway(false);
    await leader.check();
    expect(leader.told.onLeading.mock.calls).toEqual([[1], [2]]);
  });
});
