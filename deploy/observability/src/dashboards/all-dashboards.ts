import type { Dashboard } from './dashboard.ts';
import { edge } from './edge.ts';
import { inference } from './inference.ts';
import { kafka } from './kafka.ts';
import { ledger } from './ledger.ts';
import { overview } from './overview.ts';
import { sloAndDecisions } from './slo.ts';

/** By the name of the file that Grafana reads. */
export const dashboards: Readonly<Record<string, Dashboard>> = {
  overview,
  'slo-and-decisions': sloAndDecisions,
  edge,
  inference,
  kafka,
  ledger,
};
