/** One part of the pipeline in a process of its own; talks to its parent only. */
import { createKafkaBus } from '@framegate/message-bus-kafka';
import type { RunningRole } from './scale-roles.ts';
import { startRole } from './scale-roles.ts';
import type { ScaleCount } from './scale-task.ts';
import { scaleCommandSchema, scaleTaskSchema } from './scale-task.ts';

const task = scaleTaskSchema.parse(JSON.parse(process.argv[2] ?? ''));
const bus = createKafkaBus({ brokers: task.brokers, clientId: `scale-${task.role}` });
const role = await startRole(bus, task);
process.on('message', (message) => void obey(message, role));
process.send?.('ready');

async function obey(message: unknown, running: RunningRole): Promise<void> {
  const command = scaleCommandSchema.parse(message);
  if (command.do === 'load') running.load(command.load);
  if (command.do === 'count') process.send?.(count(running));
  if (command.do !== 'stop') return;
  await running.close();
  await bus.close();
  process.disconnect?.();
}

function count(running: RunningRole): ScaleCount {
  const { user, system } = process.cpuUsage();
  return {
    cpuMs: (user + system) / 1000,
    frames: running.frames(),
    residentMiB: process.memoryUsage.rss() / 2 ** 20,
    atMs: performance.now(),
  };
}
