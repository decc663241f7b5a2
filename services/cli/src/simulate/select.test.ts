import { describe, expect, it } from 'vitest';
import { select } from './select.ts';

describe('the choice of scenarios and policies', () => {
  it('takes names with stars, each once and in the order of the tables', () => {
    const { scenarios, contenders } = select(['small-*', 'outage', 'small-uplink'], ['static-*']);
    expect(scenarios.map(({ name }) => name)).toEqual([
      'outage',
      'small-uplink',
      'small-inference',
      'small-cameras',
    ]);
    expect(contenders.map(({ name }) => name)).toEqual(['static-high', 'static-low']);
  });

  it('tells every unknown name at once, with those that are known', () => {
    expect(() => select(['lte', 'moon'], ['nobody'])).toThrow(
      /scenario "moon" is unknown, expected one of .*outage.*\npolicy "nobody" is unknown, expected one of .*static-high/,
    );
  });
});
