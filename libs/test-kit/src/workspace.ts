import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { importsOf } from './imports.ts';

export const root = join(import.meta.dirname, '../../..');

const manifestSchema = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

interface SourceFile {
  /** Relative to the repository's root. */
  readonly path: string;
  /** A test, or what only tests use: everything outside `src`, and the test files within it. */
  readonly isTest: boolean;
  readonly text: string;
  readonly imports: readonly string[];
}

interface WorkspacePackage {
  /** Without the scope: `frame-ledger`. */
  readonly name: string;
  /** Names of the packages that its package.json declares. */
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly files: readonly SourceFile[];
}

/** Every package of the workspace, read from disk. */
export function readWorkspace(): WorkspacePackage[] {
  const manifests = globSync(['{libs,services,deploy}/*/package.json', '{bench,chaos,fuzz}/package.json'], {
    cwd: root,
  });
  return manifests.toSorted().map((path) => {
    const manifest = readManifest(path);
    return { ...manifest, name: manifest.name.replace('@framegate/', ''), files: readFiles(dirname(path)) };
  });
}

/** What the root's package.json brings for all tests. */
export function sharedTestTools(): string[] {
  return readManifest('package.json').devDependencies;
}

function readManifest(path: string) {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, path), 'utf8')));
  return {
    name: manifest.name,
    dependencies: Object.keys(manifest.dependencies),
    devDependencies: Object.keys(manifest.devDependencies),
  };
}

function readFiles(folder: string): SourceFile[] {
  const paths = globSync('**/*.ts', { cwd: join(root, folder), exclude: (name) => name === 'node_modules' });
  return paths.toSorted().map((path) => {
    const text = readFileSync(join(root, folder, path), 'utf8');
    const isTest =
      !path.startsWith('src/') || path.endsWith('.test.ts') || path.startsWith('src/contract-suite');
    return { path: relative(root, join(root, folder, path)), isTest, text, imports: importsOf(text) };
  });
}
