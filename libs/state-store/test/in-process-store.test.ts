import { createInProcessStore } from '../src/index.ts';
import { describeStateStore } from './contract-fixture.ts';

let nowMs = 0;
const store = createInProcessStore(() => nowMs);

describeStateStore('in process', {
  open: () => store,
  letPass: (ms) => {
    nowMs += ms;
  },
});
