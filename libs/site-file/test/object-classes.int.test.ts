import { modelCatalogue } from '@framegate/object-detector';
import { expect, it } from 'vitest';
import { objectClasses } from '../src/object-classes.ts';

it('every class that a known model reports can be asked for in a site file, and no other', () => {
  const reported = new Set(modelCatalogue.flatMap(({ classNames }) => classNames));
  expect(new Set<string>(objectClasses)).toEqual(reported);
});
