import { spawn } from 'node:child_process';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { type Env, homeOf } from '../../config/paths.ts';
import { canRun, isWithin, realPath } from '../../filesystem/path-facts.ts';

/** What Claude Code itself says of the settings files of a folder. */
export interface ClaudeAnswer {
  readonly version: string;
  /**
   * Says why Claude Code ignores a whole file; undefined when it reads it. `known` is what docket
   * finds by itself: its words are the more exact ones, and it decides where the answer is unclear.
   */
  whyIgnored(path: string, known: string | undefined): string | undefined;
}

/** It takes a second or two, and many on a machine that is busy. */
const longest = 20_000;

/** Far more than it prints. */
const mostText = 1024 * 1024;

/**
 * Asks `claude doctor`, where a claude is found, which settings files it ignores. It starts
 * nothing of the project and sends no request; undefined when it gives no answer.
 */
export async function askClaude(folder: string, env: Env): Promise<ClaudeAnswer | undefined> {
  const claude = findClaude(folder, env);
  return claude === undefined ? undefined : parseAnswer(await runDoctor(claude, folder, env));
}

/**
 * Finds `claude` on PATH, or else where a shell's alias starts the local installation. One that the
 * project brings along is not started.
 */
function findClaude(folder: string, env: Env): string | undefined {
  const root = realPath(folder) ?? folder;
  const places = (env.PATH ?? '').split(delimiter).filter((place) => isAbsolute(place));
  return [...places, join(homeOf(env), '.claude/local')]
    .map((place) => join(place, 'claude'))
    .find((file) => canRun(file) && !isWithin(realPath(dirname(file)) ?? file, root));
}

function runDoctor(claude: string, folder: string, env: Env): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    // A group of its own, so that what it started ends with it.
    const child = spawn(claude, ['doctor'], {
      cwd: folder,
      env: { ...doctorEnvironment(env) },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const timer = setTimeout(() => endGroup(child.pid), longest);
    const finish = () => {
      clearTimeout(timer);
      resolve(text);
    };
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      if (text.length < mostText) text += more;
    });
    child.on('error', finish);
    child.on('close', finish);
  });
}

function endGroup(id: number | undefined): void {
  try {
    if (id !== undefined) process.kill(-id, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/** The person's variables without those of a session that docket runs in. */
function doctorEnvironment(env: Env): Env {
  const outer = Object.entries(env).filter(
    ([name]) => name === 'CLAUDE_CONFIG_DIR' || !/^(CLAUDE|AI_AGENT|FORCE_COLOR)/.test(name),
  );
  return {
    ...Object.fromEntries(outer),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_TELEMETRY: '1',
    NO_COLOR: '1',
    // It asks npm where it is installed, which leaves a log each time.
    npm_config_logs_max: '0',
  };
}

/** What it says of a hook that may guard permissions, for which it ignores the whole file. */
const unguarded = /nothing it sits in is applied/;

/** What it says of an entry that it passes over, or of a setting that it takes otherwise. */
const harmless = /\b(?:ignored?|ignores|removed|skipped)\b|^"(?:remoteControl|crossSessionInbound)/;

/** How it begins when it ignores the whole file for another reason. */
const unfit =
  /^(?:Expected |Invalid |Number |String |Array |Too |Unrecognized field|Settings file )/;

/** Reads what `claude doctor` prints (2.1.328 and 2.1.332); undefined when it is something else. */
export function parseAnswer(text: string): ClaudeAnswer | undefined {
  const version = /^Running: .*\((\d[^)]*)\)$/m.exec(text)?.[1];
  if (version === undefined) return undefined;
  const [, section = ''] = text.split('\nInvalid settings\n');
  const [entries = ''] = section.split('\n\n');
  const lines = entries.split('\n').filter((line) => line.startsWith('- '));
  return {
    version,
    whyIgnored(path, known) {
      const flaws = lines
        .flatMap((line) => flawOf(line, path) ?? [])
        // What it says of this name is not what a session does.
        .filter(({ place }) => place !== 'hooks.__proto__');
      const serious = flaws.filter(
        ({ message }) => unguarded.test(message) || !harmless.test(message),
      );
      const certain = serious.find(({ message }) => unguarded.test(message) || unfit.test(message));
      if (certain !== undefined) return known ?? describe(certain);
      return serious.length > 0 ? known : undefined;
    },
  };
}

interface Flaw {
  readonly place: string;
  readonly message: string;
}

/** Reads `- FILE › PLACE: MESSAGE`, or `- FILE: MESSAGE`, when it is about the file. */
function flawOf(line: string, path: string): Flaw | undefined {
  for (const name of namesOf(path)) {
    if (line.startsWith(`- ${name}: `)) return { place: '', message: line.slice(name.length + 4) };
    const [, place = '', message = ''] = line.startsWith(`- ${name} › `)
      ? (/^(.*?): (.*)$/s.exec(line.slice(name.length + 5)) ?? [])
      : [];
    if (message !== '') return { place, message };
  }
  return undefined;
}

/** The names of a file in the answer: Claude Code resolves links in the folder that it starts in. */
function namesOf(path: string): ReadonlySet<string> {
  const claude = dirname(path);
  const start = realPath(dirname(claude));
  const names = [path, realPath(path), start && join(start, basename(claude), basename(path))];
  return new Set(names.filter((name) => name !== undefined));
}

function describe({ place, message }: Flaw): string {
  const short = message.replace(/ — a PreToolUse.*$/, '');
  return place === '' ? short : `${place}: ${short}`;
}
