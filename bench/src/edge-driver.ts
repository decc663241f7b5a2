import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EdgeCommand, EdgeTask } from './edge-process.ts';
import type { EdgeSample } from './edge-sample.ts';
import { edgeSampleSchema } from './edge-sample.ts';

/** After a switch, before it counts. */
const switchSeconds = 3;

/** An edge in a process of its own, whose CPU and memory are only its. */
export class EdgeDriver {
  readonly #process: ChildProcess;

  constructor(task: EdgeTask) {
    const env = { MALLOC_MMAP_THRESHOLD_: '10240', ...process.env };
    this.#process = fork(join(import.meta.dirname, 'edge-process.ts'), [JSON.stringify(task)], { env });
  }

  /** Sends a command and waits for what comes back. */
  async ask(command?: EdgeCommand): Promise<unknown> {
    const reply = once(this.#process, 'message');
    if (command) this.#process.send(command);
    return (await reply)[0];
  }

  /** Switches all cameras, and counts over so many seconds. */
  async sample(watching: 'packets' | 'frames', seconds: number): Promise<EdgeSample> {
    await this.ask({ watching });
    await this.ask({ measureSeconds: switchSeconds });
    return edgeSampleSchema.parse(await this.ask({ measureSeconds: seconds }));
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, 'exit');
    this.#process.send('stop' satisfies EdgeCommand);
    await exit;
  }
}
