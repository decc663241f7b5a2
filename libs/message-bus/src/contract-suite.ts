import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { describeBrokerOutage } from './contract-suite/broker-outage.ts';
import { describeDeliveries } from './contract-suite/deliveries.ts';
import { TIMEOUT_MS } from './contract-suite/fixtures.ts';
import { type BusUnderTest, ContractHarness } from './contract-suite/harness.ts';
import { describeMessages } from './contract-suite/messages.ts';
import { describeReadingPositions } from './contract-suite/reading-positions.ts';

export type { BusUnderTest } from './contract-suite/harness.ts';

/** What every bus promises; call it in a test file of the bus. */
export function describeMessageBusContract(
  busName: string,
  open: () => Promise<BusUnderTest>,
  { skip = false } = {},
): void {
  describe.skipIf(skip)(`message bus contract: ${busName}`, { timeout: TIMEOUT_MS }, () => {
    const contract = new ContractHarness(open);
    beforeAll(() => contract.start(), TIMEOUT_MS);
    afterEach(() => contract.afterEach(), TIMEOUT_MS);
    afterAll(() => contract.stop(), TIMEOUT_MS);
    describeMessages(contract);
    describeDeliveries(contract);
    describeReadingPositions(contract);
    describeBrokerOutage(contract);
  });
}
