import { describe, expect, it } from 'vitest';
import { Assignment } from './assignment.ts';

const P0 = { topic: 't', partition: 0 };
const P1 = { topic: 't', partition: 1 };

function begin(assignment: Assignment, memberId: string, partitions: (typeof P0)[], offset = 0n): void {
  const { added, begin: start } = assignment.replace(memberId, partitions);
  start(added.map((each) => ({ ...each, offset })));
}

describe('Assignment', () => {
  it('keeps the progress of a member that keeps a partition, and revokes what it loses', () => {
    const assignment = new Assignment(true);
    begin(assignment, 'member-1', [P0, P1]);
    const [kept, lost] = assignment.all;
    begin(assignment, 'member-1', [P0]);
    expect(assignment.all).toEqual([kept]);
    expect(kept?.revoked.aborted).toBe(false);
    expect(lost?.revoked.aborted).toBe(true);
  });

  it('starts afresh as a new member, which cannot know what others did meanwhile', () => {
    const assignment = new Assignment(true);
    begin(assignment, 'member-1', [P0], 5n);
    const before = assignment.get('t', 0);
    begin(assignment, 'member-2', [P0], 9n);
    expect(before?.revoked.aborted).toBe(true);
    expect(assignment.get('t', 0)?.next).toBe(9n);
  });

  it('keeps its progress through every membership where nobody shares the group', () => {
    const assignment = new Assignment(false);
    begin(assignment, 'member-1', [P0], 5n);
    assignment.suspend();
    begin(assignment, 'member-2', [P0, P1], 0n);
    expect(assignment.all.map(({ next }) => next)).toEqual([5n, 0n]);
  });

  it('is ready only with the start positions of the newest assignment', () => {
    const assignment = new Assignment(true);
    const outdated = assignment.replace('member-1', [P0]);
    const current = assignment.replace('member-1', [P1]);
    expect(outdated.begin([{ ...P0, offset: 0n }])).toBe(false);
    expect(assignment.ready).toBe(false);
    expect(current.begin([{ ...P1, offset: 3n }])).toBe(true);
    expect(assignment.ready).toBe(true);
    expect(assignment.all.map(({ partition }) => partition)).toEqual([1]);
  });

  it('still counts what was skipped in a partition that is gone', () => {
    const assignment = new Assignment(true);
    begin(assignment, 'member-1', [P0], 0n);
    assignment.get('t', 0)?.start(7n);
    assignment.suspend();
    expect(assignment.skipped).toBe(7);
  });
});
