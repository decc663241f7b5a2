import { runLedger } from '@framegate/run-observer';
import type { FastifyInstance } from 'fastify';
import type { ConsoleParts } from '../console-parts.ts';
import type { ToldLedger } from '../protocol/ledger.ts';
import { defineRoute } from '../server/define-route.ts';

/** Where every frame went. */
export function ledgerRoutes(app: FastifyInstance, { run }: ConsoleParts): void {
  defineRoute(app, {
    method: 'GET',
    url: '/v1/ledger',
    summary: 'Where every frame went, at the edge, on the bus and in the cloud',
    tag: 'ledger',
    role: 'viewer',
    handler: (): ToldLedger => runLedger(run.edge(), run.cloud()),
  });
}
