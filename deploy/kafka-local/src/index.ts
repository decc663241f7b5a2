export { startSecuredBroker, startTestBroker, type TestBroker, whyNoTestBroker } from './test-broker.ts';
