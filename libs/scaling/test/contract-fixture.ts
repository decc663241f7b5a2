import { eventually } from '@framegate/test-kit';
import { afterEach, describe, expect, it } from 'vitest';
import type { Scaler } from '../src/index.ts';

/** What holds for each scaler. @param create one whose workload begins without replicas */
export function describeScalerContract(name: string, create: () => Promise<Scaler>): void {
  describe(`${name}, as a scaler`, () => {
    let scaler: Scaler | undefined;
    const begin = async (): Promise<Scaler> => (scaler = await create());
    afterEach(() => scaler?.close());

    it('says what was asked for, and soon as many exist', async () => {
      const begun = await begin();
      expect(await begun.read()).toEqual({ wanted: 0, existing: 0 });
      expect(await begun.scale(3)).toMatchObject({ wanted: 3 });
      await eventually(async () => (await begun.read()).existing === 3);
      expect(await begun.scale(1)).toMatchObject({ wanted: 1 });
      await eventually(async () => (await begun.read()).existing === 1);
    });

    it('does nothing when it is asked for what there is', async () => {
      const begun = await begin();
      await begun.scale(2);
      await eventually(async () => (await begun.read()).existing === 2);
      await begun.scale(2);
      expect(await begun.read()).toEqual({ wanted: 2, existing: 2 });
    });

    it.each([-1, 1.5, Number.NaN])('refuses %d replicas', async (replicas) => {
      const begun = await begin();
      await expect(begun.scale(replicas)).rejects.toThrow('expected a whole number from 0 up');
      expect((await begun.read()).wanted).toBe(0);
    });
  });
}
