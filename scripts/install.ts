/**
 * Builds docket and installs it for this person. `setup` starts it, with the Node.js that hooks are
 * to use.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installationOf } from '../lib/install/installation.ts';
import { type PathCommand, putOnPath } from '../lib/install/parts/path-command.ts';
import { installVersion } from '../lib/install/verbs/install-version.ts';
import { DocketError } from '../lib/model/errors.ts';
import packageJson from '../package.json' with { type: 'json' };
import { buildAll, metafileFolder } from './build.ts';

const { env } = process;
const { current, versions } = installationOf(env);
const dist = join(fileURLToPath(new URL('../', import.meta.url)), 'dist');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sayPath({ path, onPath }: PathCommand): void {
  say(`The command is ${path}`);
  if (onPath) return;
  const folder = path.slice(0, path.lastIndexOf('/'));
  say("Its folder is not on your PATH: add this line to ~/.profile, or your shell's own file");
  say(`  export PATH="${folder}:$PATH"`);
}

function trySayPath(): void {
  try {
    sayPath(putOnPath(env, current));
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    say(`${error.message}. ${error.hint ?? ''}`);
  }
}

await buildAll(dist);
const name = installVersion({
  env,
  dist,
  version: packageJson.version,
  leaveOut: [metafileFolder, 'package'],
  node: realpathSync(process.execPath),
});
say(`Installed docket ${packageJson.version} in ${join(versions, name)}`);
trySayPath();
