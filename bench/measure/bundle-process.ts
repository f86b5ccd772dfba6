import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Makes a process of the bench one file, as one that compiles TypeScript would be another size. */
export async function bundleProcess(name: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(`../${name}.ts`, import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    // mysql2 is CommonJS and asks for Node's own modules.
    banner: {
      js: `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`,
    },
  });
}
