export { createKafkaBus } from './bus.ts';
export { type KafkaConnection, parseKafkaEnvironment } from './environment.ts';
export type { KafkaBusOptions, KafkaLogger, SaslOptions } from './options.ts';
