/**
 * Builds `dist/`: one dependency-free CommonJS file for each hook, two for the CLI, the MySQL driver
 * beside them, and the launcher. Not minified: that gains nothing and slows the large bundle.
 */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build as bundle, type Metafile, type Plugin } from 'esbuild';
import { oldNodeGuard } from './bundle-guard.ts';
import { mysqlBundleOptions } from './bundle-mysql.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What stays in `dist/` and is not installed: each bundle's list of inputs, for the tests. */
export const metafileFolder = 'metafile';

/** Builds everything into a folder, which is emptied first. */
export async function buildAll(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, metafileFolder), { recursive: true });
  const hooks = readdirSync(join(root, 'hooks')).filter((name) => name.endsWith('.ts'));
  const results = await Promise.all([
    bundle({
      ...entry({ mysql: '../mysql.cjs', guard: 'hook' }),
      entryPoints: hooks.map((name) => join(root, 'hooks', name)),
      outdir: join(folder, 'hooks'),
      outExtension: { '.js': '.cjs' },
    }),
    bundle({
      ...entry({ mysql: './mysql.cjs', guard: 'cli' }),
      entryPoints: [join(root, 'cli/bin.ts')],
      outfile: join(folder, 'docket.cjs'),
      plugins: [fileOfItsOwn(/\/start\.ts$/, './cli.cjs')],
    }),
    bundle({
      ...entry({ mysql: './mysql.cjs', guard: 'cli' }),
      entryPoints: [join(root, 'cli/start.ts')],
      outfile: join(folder, 'cli.cjs'),
    }),
    bundle({ ...mysqlBundleOptions(), metafile: true, outfile: join(folder, 'mysql.cjs') }),
  ]);
  for (const { metafile } of results) writeInputs(metafile, folder);
  copyFileSync(join(root, 'hooks/launcher'), join(folder, 'hook'));
  chmodSync(join(folder, 'hook'), 0o755);
}

function entry({ mysql, guard }: { mysql: string; guard: 'hook' | 'cli' }) {
  return {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // An old Node.js must parse the whole file to come to the lines that refuse it.
    target: 'node14',
    // The first import() of a process costs more than a require of Node's own modules.
    // Without the prefix there is no `sqlite`: node14 would take it away.
    supported: {
      'dynamic-import': false,
      'node-colon-prefix-import': true,
      'node-colon-prefix-require': true,
    },
    metafile: true,
    banner: { js: oldNodeGuard(guard) },
    plugins: [fileOfItsOwn(/\/mysql\/driver\.ts$/, mysql)],
    logLevel: 'warning',
  } as const satisfies BuildOptions;
}

/**
 * Leaves a module out: it is built as a file of its own and loaded from there. From about 100 kB of
 * code Node's compile cache pays (the MySQL driver: 2.9 times a bare Node.js without, 1.8 with), but
 * only for files that are loaded after it was switched on.
 */
function fileOfItsOwn(module: RegExp, path: string): Plugin {
  return {
    name: `file-of-its-own ${path}`,
    setup(build) {
      build.onResolve({ filter: module }, () => ({ path, namespace: 'beside' }));
      build.onResolve({ filter: /\.cjs$/, namespace: 'beside' }, () => ({ path, external: true }));
      build.onLoad({ filter: /./, namespace: 'beside' }, () => ({
        contents: `
          const { join } = require('node:path');
          require('node:module').enableCompileCache(join(__dirname, '${path}', '../compile-cache'));
          module.exports = require('${path}');`,
      }));
    },
  };
}

/** Writes which source files each bundle holds, with their bytes in it. */
function writeInputs(metafile: Metafile, folder: string): void {
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const inputs = Object.fromEntries(
      Object.entries(output.inputs)
        .map(([input, { bytesInOutput }]) => [input, bytesInOutput] as const)
        .filter(([, bytes]) => bytes > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const imports = output.imports.map((each) => each.path);
    const file = join(folder, metafileFolder, `${basename(path, '.cjs')}.json`);
    writeFileSync(file, `${JSON.stringify({ bytes: output.bytes, inputs, imports }, null, 1)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll(join(root, 'dist'));
