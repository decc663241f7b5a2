import { Command } from 'commander';

type Register = (program: Command) => void;

/** Loaded when they are asked for: a command starts without what others need, and `doctor` where that is broken. */
const commands: Readonly<Record<string, () => Promise<Register>>> = {
  demo: async () => (await import('./demo/command.ts')).registerDemo,
  analyze: async () => (await import('./analyze/command.ts')).registerAnalyze,
  models: async () => (await import('./models/command.ts')).registerModels,
  doctor: async () => (await import('./doctor/command.ts')).registerDoctor,
  gate: async () => (await import('./gate/command.ts')).registerGate,
  scene: async () => (await import('./scene/command.ts')).registerScene,
  cameras: async () => (await import('./cameras/command.ts')).registerCameras,
  profile: async () => (await import('./profile/command.ts')).registerProfile,
  slo: async () => (await import('./slo/command.ts')).registerSlo,
  simulate: async () => (await import('./simulate/command.ts')).registerSimulate,
  audit: async () => (await import('./audit/command.ts')).registerAudit,
  token: async () => (await import('./token/command.ts')).registerToken,
  link: async () => (await import('./link/command.ts')).registerLink,
};

const examples = `
Examples:
  $ framegate demo                                  cameras, gate, detector and results in one process, live
  $ framegate analyze clip.mp4 --out result.jsonl   what is in a video file, as fast as this machine can
  $ framegate gate explain clip.mp4 --out page.html  what the motion gate makes of it, and why
  $ framegate profile clip.mp4 --out profile.json   what settings cost and are worth on your footage
  $ framegate scene render street street.mp4        a synthetic camera as a video file
  $ framegate simulate                              controllers compared over simulated scenarios
  $ framegate doctor                                what is there, what is missing, what to do
  $ framegate help analyze                          more about one command

In the repository, write "pnpm framegate …" (npx -y pnpm@12 framegate …).`;

/** The program with the command that the arguments name, or with all where they name none. */
export async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('framegate')
    .description('edge-to-cloud video analytics that keeps its latency promise')
    .addHelpText('after', examples)
    .configureOutput({ outputError: (message, write) => write(`${onOneLine(message)}\n`) })
    .exitOverride();
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  const named = commands[(first === 'help' ? second : first) ?? ''];
  for (const load of named ? [named] : Object.values(commands)) (await load())(program);
  return program;
}

/** Commander puts its suggestion on a line of its own. */
function onOneLine(message: string): string {
  return message
    .trim()
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ');
}
