import { describe, expect, it } from 'vitest';
import { validateSubscription, validateTopic } from './validation.ts';

const SUBSCRIPTION = { topics: ['t'], group: 'g', from: 'earliest', handler: async () => {} } as const;

describe('validateTopic', () => {
  it.each(['', '.', '..', 'with space', 'site/camera', 'x'.repeat(250)])('refuses the name "%s"', (name) => {
    expect(() => validateTopic({ name, partitions: 1 })).toThrow(`Topic name "${name}" is not`);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %s partitions', (partitions) => {
    expect(() => validateTopic({ name: 't', partitions })).toThrow(
      'Expected a positive integer as the partitions',
    );
  });

  it('takes the names that Kafka takes', () => {
    expect(() => validateTopic({ name: 'framegate.frames.Site_1-a', partitions: 4 })).not.toThrow();
  });
});

describe('validateSubscription', () => {
  it('refuses no topics, and bounds that are not positive integers', () => {
    expect(() => validateSubscription({ ...SUBSCRIPTION, topics: [] })).toThrow(
      'at least one topic name or RegExp',
    );
    expect(() => validateSubscription({ ...SUBSCRIPTION, concurrency: 0 })).toThrow('concurrency, got 0');
    expect(() => validateSubscription({ ...SUBSCRIPTION, maxAttempts: 0.5 })).toThrow('maxAttempts, got 0.5');
  });
});
