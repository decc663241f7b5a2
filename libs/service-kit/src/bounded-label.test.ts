import { describe, expect, it } from 'vitest';
import { boundLabel, otherValue } from './bounded-label.ts';

describe('a bounded label', () => {
  it('keeps the first values as they are and calls all later ones other', () => {
    const label = boundLabel(2);
    expect(['a', 'b', 'c', 'a', 'd', 'b'].map(label)).toEqual(['a', 'b', otherValue, 'a', otherValue, 'b']);
  });
});
