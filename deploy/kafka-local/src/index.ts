export { freePorts } from './ports.ts';
export { startSecuredBroker, startTestBroker, type TestBroker, whyNoTestBroker } from './test-broker.ts';
