#!/usr/bin/env node
import { Broker } from './broker.ts';
import { HELP, parseCommand, UsageError } from './command.ts';
import { KafkaLocalError } from './kafka-local-error.ts';
import { jarFolder } from './layout.ts';

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`kafka-local: ${error.message} See --help.`);
    process.exitCode = 2;
  } else if (error instanceof KafkaLocalError) {
    console.error(`kafka-local: ${error.message}`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}

async function run(): Promise<number> {
  const command = parseCommand(process.argv.slice(2), process.env);
  if (command.action === 'help') {
    console.log(HELP);
    return 0;
  }
  const { action, port, dataFolder } = command;
  const broker = new Broker({
    host: '127.0.0.1',
    port,
    controllerPort: port + 1,
    dataFolder,
    jars: jarFolder(process.env),
    log: (line) => console.error(`kafka-local: ${line}`),
  });
  if (action === 'start') await broker.start();
  if (action === 'stop') await broker.stop();
  const status = await broker.status();
  console.log(status === 'serving' ? `serving at ${broker.address}` : status);
  return action === 'stop' || status === 'serving' ? 0 : 1;
}
