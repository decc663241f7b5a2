export { startTestBroker, type TestBroker, whyNoTestBroker } from './test-broker.ts';
