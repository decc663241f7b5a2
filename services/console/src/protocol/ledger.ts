/** Where every frame went, as `/v1/ledger` tells it; `docs/architecture.md` says what each count means. */
export interface ToldLedger {
  readonly edge: {
    readonly captured: number;
    readonly stopped: number;
    readonly sampledOut: number;
    readonly published: number;
    readonly backfilled: number;
    readonly spooled: number;
    readonly held: number;
    readonly encoding: number;
    /** By reason. */
    readonly discarded: Readonly<Record<string, number>>;
  };
  readonly bus: { readonly onBus: number; readonly expiredOnBus: number };
  readonly cloud: {
    readonly delivered: number;
    readonly duplicates: number;
    readonly quarantined: number;
    readonly received: number;
    readonly analysed: number;
    readonly superseded: number;
    readonly expired: number;
    readonly failed: number;
    readonly inFlight: number;
  };
  readonly balanced: boolean;
}
