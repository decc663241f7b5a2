import { describe, expect, it } from 'vitest';
import { isInScope } from './camera-scope.ts';

const classes = { entrance: ['north/door*', '*/gate'] };
const door = { cameraId: 'north/door-2', site: 'north' };

describe('the scope of an SLO', () => {
  it('is every camera where nothing restricts it', () => {
    expect(isInScope({}, classes, door)).toBe(true);
  });

  it.each([
    [{ site: 'north' }, true],
    [{ site: 'south' }, false],
    [{ cameras: ['north/door-2'] }, true],
    [{ cameras: ['north/door'] }, false],
    [{ cameras: ['*'] }, true],
    [{ cameras: ['n*/d*-*'] }, true],
    [{ cameras: ['north/*2*2'] }, false],
    [{ cameras: [] }, false],
    [{ cameraClass: 'entrance' }, true],
    [{ cameraClass: 'yard' }, false],
    [{ cameraClass: 'entrance', site: 'south' }, false],
  ])('%j takes north/door-2: %s', (scope, taken) => {
    expect(isInScope(scope, classes, door)).toBe(taken);
  });
});
