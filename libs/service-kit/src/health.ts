/** Whether a condition holds; if not, why. */
type Condition = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** The named conditions under which a service can do its work. */
export interface Health<Name extends string = string> {
  ready(name: Name): void;
  notReady(name: Name, reason: string): void;
  report(): { readonly ready: boolean; readonly checks: Readonly<Record<string, Condition>> };
}

/**
 * Readiness of the named conditions, each not ready ("starting") until it is said to be.
 * @param told those of them without which the service still does its work: they are only told
 */
export function createHealth<const Name extends string>(
  names: readonly Name[],
  told: readonly NoInfer<Name>[] = [],
): Health<Name> {
  const needed = names.filter((name) => !told.includes(name));
  const conditions = new Map<string, Condition>(
    names.map((name) => [name, { ready: false, reason: 'starting' }]),
  );
  return {
    ready: (name) => {
      conditions.set(name, { ready: true });
    },
    notReady: (name, reason) => {
      conditions.set(name, { ready: false, reason });
    },
    report: () => ({
      ready: needed.every((name) => conditions.get(name)?.ready),
      checks: Object.fromEntries(conditions),
    }),
  };
}
