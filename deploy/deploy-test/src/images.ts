import { runCommand } from './run-command.ts';
import type { Transcript } from './transcript.ts';

/** Targets of deploy/docker/Dockerfile. What must not be in an image stands beside it, as a folder of node_modules. */
const images: Readonly<Record<string, { readonly without: readonly string[] }>> = {
  'motion-detection': { without: ['onnxruntime-node', 'sharp'] },
  inference: { without: ['node-av'] },
  controller: { without: ['node-av', 'onnxruntime-node', 'sharp'] },
  console: { without: ['node-av', 'onnxruntime-node', 'vite', 'svelte', 'rolldown'] },
  load: { without: ['svelte'] },
  topics: { without: ['node-av', 'onnxruntime-node', 'sharp'] },
};

/** Modules of the smallest service, its packages included, are many more. */
const fewestCompiled = 100;
const base = 'node:26-bookworm-slim';

/** Builds each image, says how large it is and what it holds, and refuses one with what its service does not need. */
export async function checkImages(
  root: string,
  { tag, isBuilt }: { readonly tag: string; readonly isBuilt: boolean },
  transcript: Transcript,
): Promise<void> {
  const baseBytes = Number(await inspect(base, '{{.Size}}'));
  for (const [name, { without }] of Object.entries(images)) {
    const image = `framegate/${name}:${tag}`;
    if (!isBuilt) {
      const build = ['build', '--file', 'deploy/docker/Dockerfile', '--target', name, '--tag', image, '.'];
      await runCommand('docker', build, { cwd: root, timeoutMs: 1_800_000 });
    }
    const [bytes = '', user = ''] = (await inspect(image, '{{.Size}} {{.Config.User}}')).split(' ');
    transcript.figure(
      image,
      `${megabytes(Number(bytes))}, ${megabytes(Number(bytes) - baseBytes)} more than ${base}`,
    );
    if (!/^[1-9]/.test(user))
      throw new Error(`${image} runs as ${user || 'root'}: expected the number of a user`);
    const packages = await entriesOf(image, '/app/node_modules/.pnpm');
    const unneeded = without.filter((each) => packages.some((entry) => entry.startsWith(`${each}@`)));
    if (unneeded.length > 0)
      throw new Error(`${image} holds ${unneeded.join(', ')}, which its service does not need`);
    const compiled = await entriesOf(image, '/var/cache/framegate', true);
    if (compiled.length < fewestCompiled)
      throw new Error(
        `${image} would compile its sources at each start: it holds ${compiled.length} compiled`,
      );
  }
  transcript.step('each image runs as a user with a number, and holds only what its service needs');
}

async function inspect(image: string, format: string): Promise<string> {
  return (await runCommand('docker', ['image', 'inspect', '--format', format, image])).trim();
}

async function entriesOf(image: string, folder: string, isDeep = false): Promise<string[]> {
  const list = `process.stdout.write(require("node:fs").readdirSync("${folder}", { recursive: ${isDeep} }).join("\\n"))`;
  const output = await runCommand('docker', [
    'run',
    '--rm',
    '--read-only',
    '--network=none',
    '--entrypoint',
    'node',
    image,
    '--eval',
    list,
  ]);
  return output.split('\n').filter((entry) => entry !== '');
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
