import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import type { ProcessFaults } from './process-faults.ts';
import { matchesHost } from './process-faults.ts';

/** Makes host names resolve to what this run wants, or to nothing; addresses are no names. */
export function disturbNames(faults: () => Pick<ProcessFaults, 'unresolved' | 'hosts'>): void {
  const lookup = dns.lookup.bind(dns);
  const disturbed = (host: string, ...rest: unknown[]): unknown => {
    const { unresolved, hosts } = faults();
    const tell = rest.at(-1);
    if (unresolved.some((pattern) => matchesHost(pattern, host)) && typeof tell === 'function') {
      const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
        code: 'ENOTFOUND',
        hostname: host,
      });
      setImmediate(() => void Reflect.apply(tell, undefined, [error]));
      return {};
    }
    const known: unknown = Reflect.apply(lookup, dns, [hosts[host] ?? host, ...rest]);
    return known;
  };
  Object.defineProperty(dns, 'lookup', { value: disturbed, configurable: true, writable: true });
  syncBuiltinESMExports();
}
