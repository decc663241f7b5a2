import { describe, expect, it } from 'vitest';
import { importsOf, packageOf } from './imports.ts';

describe('the imports of a source', () => {
  it('are found in every form that TypeScript has, and nowhere else', () => {
    const lines = [
      "import type { A } from 'type-only';",
      'import def, {\n  b,\n  type C as D,\n} from "several-lines";',
      "import * as all from '@scope/pkg/sub';",
      "export { x } from './re-export.ts';",
      "export * from 'everything';",
      "import 'side-effect';",
      "const late = await import('./dynamic.ts');",
      "const text = 'a line from nowhere';",
      "// import { old } from 'a comment';",
    ];
    expect(importsOf(lines.join('\n')).toSorted()).toEqual(
      [
        'type-only',
        'several-lines',
        '@scope/pkg/sub',
        './re-export.ts',
        'everything',
        'side-effect',
        './dynamic.ts',
      ].toSorted(),
    );
  });

  it('belong to a package, unless they are relative or Node’s', () => {
    expect(packageOf('@framegate/scene/street')).toBe('@framegate/scene');
    expect(packageOf('kafkajs/src/errors')).toBe('kafkajs');
    expect(packageOf('./a.ts')).toBeUndefined();
    expect(packageOf('node:fs')).toBeUndefined();
  });
});
