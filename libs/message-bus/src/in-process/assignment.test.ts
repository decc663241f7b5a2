import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignPartitions } from './assignment.ts';

const partitionsAndMembers = fc.record({
  partitions: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 20 }),
  members: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
});
const wantsAll = (): boolean => true;

describe('assignPartitions', () => {
  it('gives every partition to one member, and members loads that differ by at most one', () => {
    fc.assert(
      fc.property(partitionsAndMembers, ({ partitions, members }) => {
        const owners = assignPartitions(partitions, members, wantsAll, new Map());
        expect(new Set(owners.keys())).toEqual(new Set(partitions));
        const loads = members.map(
          (member) => [...owners.values()].filter((owner) => owner === member).length,
        );
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('moves nothing while the members stay the same', () => {
    fc.assert(
      fc.property(partitionsAndMembers, ({ partitions, members }) => {
        const before = assignPartitions(partitions, members, wantsAll, new Map());
        expect(new Map(assignPartitions(partitions, members, wantsAll, before))).toEqual(before);
      }),
    );
  });

  it('moves only what the new member gets', () => {
    const before = assignPartitions([0, 1, 2, 3], ['a'], wantsAll, new Map());
    const after = assignPartitions([0, 1, 2, 3], ['a', 'b'], wantsAll, before);
    expect([0, 1, 2, 3].map((partition) => after.get(partition))).toEqual(['a', 'a', 'b', 'b']);
  });

  it('gives a partition only to a member that wants it, and to nobody where none does', () => {
    const wants = (member: string, partition: number): boolean => member === 'odd' && partition % 2 === 1;
    expect(assignPartitions([0, 1, 3], ['even', 'odd'], wants, new Map())).toEqual(
      new Map([
        [1, 'odd'],
        [3, 'odd'],
      ]),
    );
  });
});
