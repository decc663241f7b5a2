import { runLedger } from '@framegate/run-observer';
import type { FastifyInstance } from 'fastify';
import type { ConsoleParts } from '../console-parts.ts';
import type { ToldLedger } from '../protocol/ledger.ts';
import { defineRoute } from '../server/define-route.ts';

/** Sites and cloud count at different moments of a second; for so long the last moment that fitted is told. */
const fitsWithinUs = 10e6;

/** Where every frame went. */
export function ledgerRoutes(app: FastifyInstance, { run, live, nowUs }: ConsoleParts): void {
  let fitting: { readonly ledger: ToldLedger; readonly atUs: number } | undefined;
  const look = (): ToldLedger => {
    const ledger = runLedger(run.edge(), run.cloud());
    if (ledger.balanced) fitting = { ledger, atUs: nowUs() };
    return fitting && nowUs() - fitting.atUs < fitsWithinUs ? fitting.ledger : ledger;
  };
  live.onSecond(look);
  defineRoute(app, {
    method: 'GET',
    url: '/v1/ledger',
    summary: 'Where every frame went, at the edge, on the bus and in the cloud',
    tag: 'ledger',
    role: 'viewer',
    handler: look,
  });
}
