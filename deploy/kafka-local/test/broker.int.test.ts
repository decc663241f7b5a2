import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepts, freePorts } from '../src/ports.ts';
import { startTestBroker, whyNoTestBroker } from '../src/test-broker.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const HOST = '127.0.0.1';
const missing = whyNoTestBroker();
if (missing !== undefined) console.info(missing);

interface Outcome {
  code: number;
  output: string;
}

/** Runs the command as a user does: by Node, without a build. */
function kafkaLocal(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

describe('kafka-local', { timeout: 120_000 }, () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kafka local ')); // With spaces.
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('explains itself, and refuses wrong arguments with exit code 2', async () => {
    expect(await kafkaLocal(['--help'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('Examples:'),
    });
    expect(await kafkaLocal(['restart'])).toMatchObject({
      code: 2,
      output: expect.stringContaining('"restart"'),
    });
  });

  it('says that java is missing and how to get it', async () => {
    const outcome = await kafkaLocal(['start', '--data', folder], { PATH: folder, HOME: folder });
    expect(outcome).toMatchObject({ code: 1, output: expect.stringContaining('java is not on the PATH') });
  });

  it.skipIf(missing !== undefined)(
    'starts, says that it serves, starts again without harm, and stops',
    async () => {
      const [port = 0] = await freePorts(1, HOST);
      const options = ['--port', String(port), '--data', folder];
      expect(await kafkaLocal(['status', ...options])).toEqual({ code: 1, output: 'stopped\n' });
      const serving = { code: 0, output: `serving at ${HOST}:${port}\n` };
      try {
        expect(await kafkaLocal(['start', ...options])).toEqual(serving);
        expect(
          await Promise.all([kafkaLocal(['start', ...options]), kafkaLocal(['start', ...options])]),
        ).toEqual([serving, serving]);
        expect(await kafkaLocal(['status', ...options])).toEqual(serving);
      } finally {
        expect(await kafkaLocal(['stop', ...options])).toEqual({ code: 0, output: 'stopped\n' });
      }
      expect(await kafkaLocal(['stop', ...options])).toEqual({ code: 0, output: 'stopped\n' });
      expect(await accepts(port, HOST)).toBe(false);
    },
  );

  it.skipIf(missing !== undefined)('names the port that another program has taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, HOST, resolve));
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const outcome = await kafkaLocal(['start', '--port', String(port), '--data', join(folder, 'busy')]);
    other.close();
    expect(outcome).toMatchObject({
      code: 1,
      output: expect.stringContaining(`Port ${port} on ${HOST} is taken`),
    });
  });

  it.skipIf(missing !== undefined)(
    'gives a test a broker of its own that survives a crash and leaves nothing',
    async () => {
      const broker = await startTestBroker();
      const port = Number(broker.brokers[0]?.split(':')[1]);
      await broker.kill();
      expect(await accepts(port, HOST)).toBe(false);
      await broker.restart();
      expect(await accepts(port, HOST)).toBe(true);
      await broker.stop();
      expect(await accepts(port, HOST)).toBe(false);
    },
  );
});
