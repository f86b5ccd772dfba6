import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, onTestFinished } from 'vitest';
import { startScript } from '../../../lib/settings/own-entries.ts';
import { hookNames } from '../hook-names.ts';

const source = fileURLToPath(new URL('../../../hooks/launcher', import.meta.url));

/** What the hook of a session's start has on stdin. */
export const startup = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup' });

/** The answer that lets a built-in tool work. */
export const allow =
  '{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":"allow"}}}';

/** Gives each test a HOME and a project that has the launcher. */
export function useLauncher(): LauncherStage {
  const stage = new LauncherStage();
  beforeEach(() => stage.set());
  return stage;
}

class LauncherStage {
  base = '';

  /** Makes the folders of one test. */
  set(): void {
    const base = mkdtempSync(join(tmpdir(), `docket bob's "é" $HOME `));
    onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
    this.base = base;
    mkdirSync(join(this.project, '.claude/docket'), { recursive: true });
    cpSync(source, this.file);
    // As a checkout with core.fileMode=false leaves it.
    chmodSync(this.file, 0o644);
  }

  get project(): string {
    return join(this.base, 'project');
  }

  /** The launcher, as the project has it. */
  get file(): string {
    return join(this.project, '.claude/docket/hook');
  }

  /** The folder of the installation. */
  get current(): string {
    return join(this.base, 'home/.local/share/docket/current');
  }

  /** Starts the launcher as the entries of settings.template.json do. */
  launch(
    args: readonly string[],
    options: { shell?: readonly string[]; input?: string; env?: Record<string, string> } = {},
  ) {
    const { shell = ['sh'], input = '{}', env = {} } = options;
    const [program = '', ...rest] = [...shell, '-c', startScript, this.file, ...args];
    const { status, stdout } = spawnSync(program, rest, {
      input,
      encoding: 'utf8',
      env: { HOME: join(this.base, 'home'), PATH: process.env.PATH ?? '', ...env },
    });
    return { status, stdout: stdout.trim() };
  }

  /** Launches the start of a session, with pieces of stdin that is never closed. */
  async launchOpen(
    shell: readonly string[],
    pieces: readonly string[],
    onPiece: () => void = () => {},
  ) {
    const [program = '', ...args] = [...shell, this.file, 'session-start'];
    const child = spawn(program, args, {
      env: { HOME: join(this.base, 'home'), PATH: process.env.PATH ?? '' },
    });
    onTestFinished(() => {
      child.stdin.destroy();
    });
    // What still comes after the answer finds no reader.
    child.stdin.on('error', () => {});
    let said = '';
    child.stdout.on('data', (bytes) => {
      said += bytes;
    });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    for (const piece of pieces) {
      if (child.exitCode !== null) break;
      onPiece();
      child.stdin.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await ended;
    return said;
  }

  /** Installs hooks that say what they were started with. */
  installEcho(node: string = process.execPath): void {
    mkdirSync(join(this.current, 'hooks'), { recursive: true });
    for (const event of hookNames) {
      writeFileSync(
        join(this.current, 'hooks', `${event}.cjs`),
        "const fs = require('fs'); console.log(__filename.split('/').pop() + ' ' + fs.readFileSync(0))",
      );
    }
    symlinkSync(node, join(this.current, 'node'));
  }

  /** Changes the launcher's text. */
  spoil(change: (text: string) => string): void {
    writeFileSync(this.file, change(readFileSync(source, 'utf8')));
  }

  /** Makes a program that stands in for Node.js. */
  fakeNode(text: string): string {
    const path = join(this.base, 'fake-node');
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  }

  /** Makes a folder with the commands that the launcher may use, and without a node. */
  pathWithoutNode(): string {
    const folder = join(this.base, 'bin');
    mkdirSync(folder);
    for (const name of ['sh', 'date', 'dd', 'find', 'sleep']) {
      const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
      symlinkSync(stdout.trim(), join(folder, name));
    }
    return folder;
  }
}
