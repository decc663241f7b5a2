import { createInProcessStore, StoreUnavailableError } from '@framegate/state-store';
import { eventually } from '@framegate/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { intentOf } from './frames-fixture.ts';

let served: TestConsole;
const store = createInProcessStore(() => performance.now());
let storeIsGone = false;
const brittle = {
  ...store,
  acquireLease: async (...args: Parameters<typeof store.acquireLease>) => {
    if (storeIsGone) throw new StoreUnavailableError('gone');
    return store.acquireLease(...args);
  },
};

beforeEach(async () => {
  storeIsGone = false;
  served = await startTestConsole({ store: brittle });
  await served.want(intentOf('north/door'));
  await eventually(async () => (await read()).status === 200);
});
afterEach(() => served.close());

const read = () => fetch(`${served.url}/v1/cameras/north/door`);

async function change(body: unknown) {
  const reply = await fetch(`${served.url}/v1/cameras/north/door`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer: { detail?: string } = await reply.json().then(Object);
  return { status: reply.status, answer, detail: answer.detail ?? '' };
}

const triangle = [[0.1, 0.1], [0.5, 0.1], [0.3, 0.6]]; // prettier-ignore

describe('what is wanted of a camera', () => {
  it('is changed field by field, and each change is a revision that everybody reads', async () => {
    const saved = await change({ revision: 0, motionMasks: [{ name: 'tree', polygon: triangle }] });
    expect(saved).toMatchObject({ status: 200, answer: { intent: { revision: 1, objectiveMs: 500 } } });
    await change({ revision: 1, wanted: { motionSensitivity: 80 } });
    expect(await (await read()).json()).toMatchObject({
      intent: {
        revision: 2,
        motionMasks: [{ name: 'tree', polygon: triangle }],
        wanted: { motionSensitivity: 80, framesPerSecond: 10 },
      },
    });
  });

  it('is not overwritten by somebody who has looked at an older revision, even at the same moment', async () => {
    const both = await Promise.all([
      change({ revision: 0, objectiveMs: 300 }),
      change({ revision: 0, objectiveMs: 400 }),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const refused = both.find(({ status }) => status === 409);
    expect(refused?.detail).toContain('revision 1');
    expect(refused?.answer).toMatchObject({ current: { revision: 1 } });
  });

  it.each([
    ['a polygon of two points', { revision: 0, zones: [{ name: 'z', polygon: [[0, 0], [1, 1]] }] }, 'zones.0.polygon'],
    ['a polygon that crosses itself', { revision: 0, zones: [{ name: 'z', polygon: [[0, 0], [1, 1], [1, 0], [0, 1]] }] }, 'zones.0.polygon'],
    ['a point outside of the picture', { revision: 0, motionMasks: [{ name: 'm', polygon: [[0, 0], [2, 0], [1, 1]] }] }, 'outside the picture'],
    ['two areas of one name', { revision: 0, zones: [{ name: 'z', polygon: triangle }, { name: 'z', polygon: triangle }] }, 'one name'],
    ['a wrong type', { revision: 0, objectiveMs: 'soon' }, 'objectiveMs'],
    ['a number out of its range', { revision: 0, wanted: { motionSensitivity: 101 } }, 'wanted.motionSensitivity'],
    ['a field that there is not', { revision: 0, colour: 'red' }, 'colour'],
    ['a class that nobody knows', { revision: 0, classes: ['persn'] }, 'classes.0'],
    ['no revision', { objectiveMs: 500 }, 'revision'],
    ['no object', '[]', 'body'],
    ['no JSON', '{"revision": 0', 'JSON'],
  ])('is refused with one message for %s', async (_what, body, named) => {
    const { status, detail } = await change(body);
    expect(status).toBe(400);
    expect(detail).toContain(named);
    expect(await (await read()).json()).toMatchObject({ intent: { revision: 0 } });
  }); // prettier-ignore

  it('is refused for a body of 10 MB, and for one that is not JSON at all', async () => {
    const large = await change(JSON.stringify({ revision: 0, classes: ['x'.repeat(10_000_000)] })).catch(
      () => null,
    );
    // The server may close before it has read all of it, which the client then tells instead.
    if (large) expect(large.status).toBe(413);
    const text = await fetch(`${served.url}/v1/cameras/north/door`, { method: 'PATCH', body: 'revision=0' });
    expect(text.status).toBe(415);
    expect(await (await read()).json()).toMatchObject({ intent: { revision: 0 } });
  });

  it('can not be saved while the store is gone, which is said, and everything else goes on', async () => {
    storeIsGone = true;
    expect(await change({ revision: 0, objectiveMs: 300 })).toMatchObject({
      status: 503,
      answer: { title: 'No store' },
    });
    expect((await read()).status).toBe(200);
    storeIsGone = false;
    expect((await change({ revision: 0, objectiveMs: 300 })).status).toBe(200);
  });
});
