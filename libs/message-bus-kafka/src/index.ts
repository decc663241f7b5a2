export { type AccessRule, KafkaAdministration } from './administration.ts';
export { createKafkaBus } from './bus.ts';
export { type KafkaConnection, parseKafkaEnvironment } from './environment.ts';
export type { KafkaBusOptions, KafkaLogger, SaslOptions } from './options.ts';
