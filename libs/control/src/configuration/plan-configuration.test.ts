import type { CameraConfig, CameraIntent } from '@framegate/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextToken, planConfiguration } from './plan-configuration.ts';

const intent = (cameraId: string, revision = 0): CameraIntent => ({
  cameraId,
  revision,
  motionMasks: [],
  privacyMasks: [],
  zones: [],
  classes: [],
  objectiveMs: 500,
  preRollSeconds: 0,
  postRollSeconds: 0,
  keepAliveSeconds: 10,
  wanted: { framesPerSecond: 10, width: 1280, quality: 80, motionSensitivity: 50, model: 'm' },
});
const intentsOf = (...list: CameraIntent[]) => new Map(list.map((one) => [one.cameraId, one]));
const configsOf = (list: CameraConfig[]) => new Map(list.map((one) => [one.cameraId, one]));
const options = { token: 1, partitions: 4 };

describe('planning the configuration of cameras', () => {
  it('spreads any number of new cameras evenly over the partitions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }), (cameras, partitions) => {
        const intents = intentsOf(...Array.from({ length: cameras }, (_, i) => intent(`s/c${i}`)));
        const load = Array.from({ length: partitions }, () => 0);
        for (const config of planConfiguration(intents, new Map(), { token: 1, partitions })) {
          load[config.partition] = load[config.partition]! + 1;
        }
        expect(Math.max(...load) - Math.min(...load)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('plans again for a site file that was edited, whose intent keeps its revision', () => {
    const first = configsOf(planConfiguration(intentsOf(intent('s/a')), new Map(), options));
    const edited = { ...intent('s/a'), wanted: { ...intent('s/a').wanted, model: 'other' } };
    expect(planConfiguration(intentsOf(edited), first, options)).toMatchObject([
      { version: 2, intentRevision: 0, model: 'other', partition: first.get('s/a')!.partition },
    ]);
  });

  it('tells a camera what the loops chose, and why, and says it once', () => {
    const first = configsOf(planConfiguration(intentsOf(intent('s/a')), new Map(), options));
    const settingsOf = ({ wanted }: CameraIntent) => ({ ...wanted, framesPerSecond: 5 });
    const slower = { ...options, settingsOf, reasonOf: () => 'the uplink is narrow' };
    const planned = planConfiguration(intentsOf(intent('s/a')), first, slower);
    expect(planned).toMatchObject([{ version: 2, framesPerSecond: 5, reason: 'the uplink is narrow' }]);
    expect(planConfiguration(intentsOf(intent('s/a')), configsOf(planned), slower)).toEqual([]);
  });

  it('tells a camera what is promised of it where that is not what its operator wants, and says it once', () => {
    const intents = intentsOf(intent('s/a'), intent('s/b'));
    const promised = { ...options, promisedMsOf: (id: string) => (id === 's/a' ? 2000.4 : 500) };
    const planned = configsOf(planConfiguration(intents, new Map(), promised));
    expect(planned.get('s/a')?.objectiveMs).toBe(2000);
    expect(planned.get('s/b')).not.toHaveProperty('objectiveMs');
    expect(planConfiguration(intents, planned, promised)).toEqual([]);
    expect(planConfiguration(intents, planned, options).map(({ objectiveMs }) => objectiveMs)).toEqual([
      undefined,
    ]);
  });

  it('leaves a camera alone that a controller with a higher token has configured', () => {
    const newer = configsOf(planConfiguration(intentsOf(intent('s/a')), new Map(), { ...options, token: 2 }));
    expect(planConfiguration(intentsOf(intent('s/a', 1)), newer, options)).toEqual([]);
  });

  it('says nothing again while no intent changes', () => {
    const intents = intentsOf(intent('s/a'), intent('s/b'));
    const first = configsOf(planConfiguration(intents, new Map(), options));
    expect(planConfiguration(intents, first, options)).toEqual([]);
  });

  it('keeps the partition and raises the version when an intent changes', () => {
    const first = planConfiguration(intentsOf(intent('s/a'), intent('s/b')), new Map(), options);
    const changed = intentsOf(intent('s/a'), {
      ...intent('s/b', 1),
      wanted: { ...intent('s/b').wanted, width: 640 },
    });
    const [next, ...others] = planConfiguration(changed, configsOf(first), { ...options, token: 7 });
    expect(others).toEqual([]);
    expect(next).toMatchObject({
      cameraId: 's/b',
      token: 7,
      version: 2,
      width: 640,
      partition: first[1]!.partition,
    });
  });

  it('moves a camera whose partition no longer exists', () => {
    const [config] = planConfiguration(intentsOf(intent('s/a')), new Map(), options);
    const stray = configsOf([{ ...config!, partition: 9 }]);
    expect(planConfiguration(intentsOf(intent('s/a')), stray, options)[0]?.partition).toBeLessThan(4);
  });

  it('takes the token of its lease, or one above every one in the topic', () => {
    const [config] = planConfiguration(intentsOf(intent('s/a')), new Map(), { ...options, token: 9 });
    expect(nextToken(3, [config!])).toBe(10);
    expect(nextToken(30, [config!])).toBe(30);
  });
});
