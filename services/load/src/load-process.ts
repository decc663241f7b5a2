/** One of several processes of a load; talks to its parent only. */
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { z } from 'zod';
import { loadOptionsSchema } from './load-options.ts';
import { partMessageSchema } from './part-message.ts';
import type { PartMessage } from './part-message.ts';
import { runPart } from './run-part.ts';

const taskSchema = z.object({
  // Read by the parent: its size is no text any more.
  options: loadOptionsSchema.extend({ size: z.object({ width: z.int(), height: z.int() }) }),
  part: z.object({ index: z.int(), of: z.int() }),
  brokers: z.array(z.string()),
});

process.once('message', (message) => {
  void (async () => {
    const { options, part, brokers } = taskSchema.parse(message);
    const send = (told: PartMessage): void => void process.send?.(partMessageSchema.parse(told));
    const bus =
      options.as === 'edge' ? createKafkaBus({ brokers, clientId: `load-${part.index}` }) : undefined;
    try {
      const result = await runPart(options, {
        part,
        bus,
        onProgress: (progress) => send({ progress }),
        tell: (text) => send({ text }),
      });
      send({ result });
    } catch (error) {
      send({ error: error instanceof Error ? error.message : String(error) });
    }
    await bus?.close();
    process.disconnect?.();
  })();
});
