import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationOf } from '../../lib/install/installation.ts';
import { putOnPath } from '../../lib/install/parts/path-command.ts';
import { installVersion } from '../../lib/install/verbs/install-version.ts';
import { buildAll, metafileFolder } from '../build.ts';
import { before, type Pane, type Step, story } from './scene.ts';
import { type Person, type RecordedSession, startSession } from './session.ts';
import { stableText } from './stable-text.ts';

/** A part of what stands in a session's window, from one moment on. */
export interface Frame {
  readonly pane: Pane;
  readonly kind: 'note' | 'prompt' | 'told' | 'call' | 'answer' | 'refused' | 'say';
  readonly text: string;
}

/**
 * Plays the story in a new home with docket as it is: the hooks by the settings that init wrote, and
 * the command, as Claude Code starts both. Keys, times and the sessions' tags, which are other ones
 * each time, become the same ones in order of appearance; everything else is as it was printed.
 */
export async function playStory(): Promise<readonly Frame[]> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'docket-recording-')));
  const sessions: RecordedSession[] = [];
  try {
    const person = await prepare(home);
    const open = () => {
      const session = startSession(person);
      sessions.push(session);
      return session;
    };
    return stableFrames(play(open));
  } finally {
    for (const session of sessions) session.end();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Installs docket in a new home and sets a project up with it. */
export async function prepare(home: string): Promise<Person> {
  const env = { HOME: home };
  const project = join(home, 'code/web');
  const dist = join(home, 'dist');
  await buildAll(dist);
  const node = realpathSync(process.execPath);
  installVersion({ env, dist, version: '0.0.0', leaveOut: [metafileFolder], node });
  putOnPath(env, installationOf(env).current);
  mkdirSync(project, { recursive: true });
  execFileSync('git', ['init', '--quiet', project], {
    env: { PATH: process.env.PATH, HOME: home },
  });
  execFileSync(join(home, '.local/bin/docket'), ['init', project], {
    env: { HOME: home, PATH: '/usr/bin:/bin', DOCKET_ACTOR: 'alice' },
    stdio: 'ignore',
  });
  return { home, project };
}

function play(open: () => RecordedSession): readonly Frame[] {
  const opened = new Map<Pane, RecordedSession>();
  const keys: string[] = [];
  const terminal = open();
  for (const command of before) keys.push(...keysOf(terminal.bash(`docket ${command}`)));
  return story.flatMap((step) => {
    const { pane } = step;
    const session = opened.get(pane) ?? open();
    const begins = opened.get(pane) === undefined;
    opened.set(pane, session);
    return act(step, { session, keys, begins }).map((shown) => ({ ...shown, pane }));
  });
}

interface Stage {
  readonly session: RecordedSession;
  /** Grows with every key that docket prints. */
  readonly keys: string[];
  /** Whether the session starts with this step. */
  readonly begins: boolean;
}

type Shown = Omit<Frame, 'pane'>;

/** Does a step and gives what is seen of it. */
function act(step: Step, { session, keys, begins }: Stage): readonly Shown[] {
  if (step.kind === 'say') return [{ kind: 'say', text: step.text }];
  if (step.kind === 'prompt') {
    const start = begins ? session.event('SessionStart', { source: 'startup' }) : undefined;
    const prompt = session.event('UserPromptSubmit', { prompt: step.text });
    return [
      { kind: 'note', text: start?.toPerson ?? '' },
      { kind: 'prompt', text: step.text },
      { kind: 'note', text: prompt.toPerson },
      { kind: 'told', text: listOf(`${start?.toModel ?? ''}${prompt.toModel}`) },
    ];
  }
  if (step.kind === 'tool') {
    const { tool, input } = step;
    const { toModel: reason } = session.event('PreToolUse', { tool_name: tool, tool_input: input });
    return [
      { kind: 'call', text: `${tool}(${Object.values(input)[0]})` },
      { kind: 'refused', text: reason },
    ];
  }
  const command = step.command.replace(/KEY(\d)/g, (_, number) => keys[number - 1] ?? '');
  const output = session.bash(command);
  for (const key of keysOf(output)) if (!keys.includes(key)) keys.push(key);
  return [
    { kind: 'call', text: `Bash(${command})` },
    { kind: output.startsWith('docket:') ? 'refused' : 'answer', text: output },
  ];
}

/** The list, without the rules of use that a session gets at its start. */
function listOf(told: string): string {
  return /<docket [\s\S]*<\/docket>/.exec(told)?.[0] ?? told;
}

/** Lists the keys in a text, each once. */
export function keysOf(text: string): string[] {
  return [...new Set(text.match(/\bweb-[a-z0-9]{4}(?:\.\d+)*\b/g))];
}

function stableFrames(frames: readonly Frame[]): readonly Frame[] {
  const stable = stableText();
  return frames.map((frame) => ({ ...frame, text: stable(frame.text) }));
}
