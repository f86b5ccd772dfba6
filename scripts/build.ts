/**
 * Builds `dist/`: in `code/` a dependency-free bundle for each hook, for the CLI, and for the parts
 * that these load when they use them; beside it the loaders, the launcher and the status line. The
 * code is not minified, which would gain nothing.
 */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build as bundle, type Metafile, type Plugin } from 'esbuild';
import { bundleWrapper, renderLoader } from './bundle-loader.ts';
import { mysqlBundleOptions } from './bundle-mysql.ts';
import { renderLicences } from './licences.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The folder in `dist/` that is not installed: each bundle's list of inputs, for the tests. */
export const metafileFolder = 'metafile';

/** Builds everything into a folder, which is emptied first. */
export async function buildAll(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const name of [metafileFolder, 'hooks']) mkdirSync(join(folder, name), { recursive: true });
  const hooks = readdirSync(join(root, 'hooks'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => basename(name, '.ts'));
  const results = await Promise.all([
    bundle({
      ...common(folder),
      entryPoints: {
        ...Object.fromEntries(hooks.map((name) => [name, join(root, 'hooks', `${name}.ts`)])),
        cli: join(root, 'cli/bin.ts'),
        ...Object.fromEntries(inCommon.map((name) => [name, join(root, beside[name])])),
      },
    }),
    bundle({
      ...mysqlBundleOptions(),
      ...bundleWrapper,
      metafile: true,
      outfile: join(folder, 'code/mysql.js'),
    }),
    bundle({
      ...common(folder),
      plugins: [],
      entryPoints: { process: join(root, beside.process) },
    }),
  ]);
  for (const { metafile } of results) writeInputs(metafile, folder);
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  writeFileSync(join(folder, 'licences.txt'), renderLicences(root, inputs));
  for (const name of hooks) {
    const loader = renderLoader({ kind: 'hook', bundle: name, root: '/..' });
    writeFileSync(join(folder, 'hooks', `${name}.cjs`), loader);
  }
  const loader = renderLoader({ kind: 'cli', bundle: 'cli', root: '' });
  writeFileSync(join(folder, 'docket.cjs'), loader);
  copyFileSync(join(root, 'hooks/launcher'), join(folder, 'hook'));
  chmodSync(join(folder, 'hook'), 0o755);
  copyFileSync(join(root, 'hooks/status-line'), join(folder, 'status-line'));
}

function common(folder: string) {
  return {
    ...bundleWrapper,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // jsonc-parser's CommonJS loads its parts by a require that no bundler sees.
    mainFields: ['module', 'main'],
    outdir: join(folder, 'code'),
    // The first import() of a process costs more than a require of Node's own modules.
    supported: { 'dynamic-import': false },
    metafile: true,
    plugins: [bundlesBeside, withoutAnswers],
    logLevel: 'warning',
  } as const satisfies BuildOptions;
}

/**
 * The bundles that another one loads when it uses them, by the file that each begins with: the
 * commands, those together that are alike, so that each pays for little of the others; what tells a
 * person that their tasks became ready, the MySQL driver when the database is a server and answers,
 * the schema of SQLite when a file is made or upgraded, what to do with a file that cannot be used
 * as usual, the claims of a session that goes on under another id, the mode of a project that has
 * one, the files that a session has edited, what was queued while the database was away, the report
 * of a subagent that ends, a task that is archived and its history, a file of an older docket that
 * a prompt meets, YAML when a plan is made of a template, the schemas of what commands take beside
 * keys and switches, execa when a process is started. Each has its own copy of the code it shares
 * with its user, classes included, so docket's errors are recognised by name.
 */
const beside = {
  'agent-report': 'lib/briefing/record-agent-report.ts',
  'archived-history': 'lib/tracker/past/archived-history.ts',
  'archived-task': 'lib/tracker/archive/show-archived.ts',
  'cli-around': 'cli/around-commands.ts',
  'cli-help': 'cli/help.ts',
  'cli-list': 'cli/list-commands.ts',
  'cli-look': 'cli/looking-commands.ts',
  'cli-more': 'cli/rare-commands.ts',
  'cli-moving': 'cli/moving-commands.ts',
  'cli-past': 'cli/past-commands.ts',
  'cli-registry': 'cli/registry-commands.ts',
  'cli-run': 'cli/running-commands.ts',
  'cli-set-up': 'cli/set-up-commands.ts',
  'cli-verify': 'cli/commands/verify.ts',
  'cli-work': 'cli/work-commands.ts',
  edits: 'lib/briefing/edits.ts',
  freed: 'lib/briefing/freed.ts',
  'front-matter': 'lib/config/templates/front-matter.ts',
  'inherit-claims': 'lib/tracker/runs/inherit-claims.ts',
  mysql: 'lib/store/mysql/driver.ts',
  outbox: 'lib/access/send-queued.ts',
  'plain-inputs': 'lib/operations/plain-inputs.ts',
  'mysql-socket': 'lib/store/mysql/wire/reach.ts',
  process: 'lib/orchestrator/agents/start-process.ts',
  'sqlite-migrate': 'lib/store/sqlite/migrate.ts',
  'sqlite-trouble': 'lib/store/sqlite/trouble.ts',
  'tell-mode': 'lib/briefing/tell-mode.ts',
  'update-file': 'lib/briefing/update-file.ts',
} as const;

/** Those that are built with the hooks; the others have options of their own. */
const inCommon = [
  ...([
    'agent-report',
    'archived-history',
    'archived-task',
    'cli-around',
    'cli-help',
    'cli-list',
    'cli-look',
    'cli-more',
    'cli-moving',
    'cli-past',
    'cli-registry',
    'cli-run',
    'cli-set-up',
    'cli-verify',
    'cli-work',
    'edits',
    'freed',
    'front-matter',
    'inherit-claims',
    'mysql-socket',
    'outbox',
    'plain-inputs',
  ] as const),
  ...(['sqlite-migrate', 'sqlite-trouble', 'tell-mode', 'update-file'] as const),
];

const bundlesBeside: Plugin = {
  name: 'bundles-beside',
  setup(build) {
    const namespace = 'bundle';
    const names = new Map(Object.entries(beside).map(([name, file]) => [join(root, file), name]));
    build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
      const name = names.get(join(resolveDir, path));
      return name === undefined ? undefined : { path: name, namespace };
    });
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = loadBundle('${path}');`,
    }));
  },
};

/**
 * Leaves out the schemas of answers, which an installed docket gives and never describes: they are
 * for the package and for `npm run generate`.
 */
const withoutAnswers: Plugin = {
  name: 'without-answers',
  setup(build) {
    const namespace = 'left-out';
    build.onResolve({ filter: /\/model\/answers\/[a-z-]+\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace } : undefined,
    );
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `throw new Error('no schema of an answer is installed: ${path}');`,
    }));
  },
};

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
    const file = join(folder, metafileFolder, `${basename(path, '.js')}.json`);
    writeFileSync(file, `${JSON.stringify({ bytes: output.bytes, inputs, imports }, null, 1)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll(join(root, 'dist'));
