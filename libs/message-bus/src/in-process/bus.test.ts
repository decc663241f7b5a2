import { describeMessageBusContract } from '../contract-suite.ts';
import { InProcessBroker } from './broker.ts';
import { InProcessBus } from './bus.ts';

describeMessageBusContract('in process', async () => {
  const broker = new InProcessBroker();
  return {
    createBus: () => new InProcessBus({ broker }),
    setAvailable: async (available) => broker.setAvailable(available),
    close: async () => {},
  };
});
