import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scaleRules } from './scale-rules.ts';

const rules = join(import.meta.dirname, '../../prometheus/rules/alerts.yml');

it('rules on a faster clock have shorter windows and waits, and are the same otherwise', () => {
  const yaml = 'interval: 30s\nexpr: a:rate5m > 6 * rate(b[1h])\nfor: 2m\nsummary: in 5m\n';
  expect(scaleRules(yaml, 120)).toBe(
    'interval: 250ms\nexpr: a:rate5m > 6 * rate(b[30000ms])\nfor: 1000ms\nsummary: in 5m\n',
  );
});

it('no window of the alerts is left as it was', () => {
  expect(scaleRules(readFileSync(rules, 'utf8'), 60)).not.toMatch(/\[\d+[smhd]\]|for: \d+[mhd]$/m);
});
