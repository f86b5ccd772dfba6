import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actorOf } from '../../config/actor.ts';
import { type Env, stateFolder } from '../../config/paths.ts';
import { matchesTool } from '../../settings/claude/match-tool.ts';
import type { HookEntry } from '../../settings/claude/read-hooks.ts';
import { isRecord } from '../../settings/json-value.ts';
import { isOwnHook } from '../../settings/own-entries.ts';
import { type ListId, readSnapshot, saveSnapshot } from '../../state/snapshot.ts';
import { type ClaudeSettings, hooksIn } from '../parts/claude-settings.ts';
import { ownStart } from '../parts/own-launcher.ts';
import { type HookRun, runHookEntry } from './run-hook-entry.ts';

/** The answer of docket's hooks to one sample event. */
export interface Trial {
  readonly event: 'UserPromptSubmit' | 'PreToolUse';
  /** The text that the model would see; undefined when no hook gave it one. */
  readonly text: string | undefined;
  /** The text that the person would see. */
  readonly systemMessage: string | undefined;
  /** The number of hooks that spoke: more than one means that sessions get everything twice. */
  readonly speakers: number;
  readonly milliseconds: number;
  /** Failures, hook by hook. */
  readonly problems: readonly string[];
  /** Entries that look like docket's and start something else; they were not started. */
  readonly foreign: readonly string[];
}

const sampleCall = { subject: 'Sample task', description: 'A sample call of docket doctor' };

interface TrialOptions {
  readonly env: Env;
  readonly settings: readonly ClaudeSettings[];
  /** The list of the folder: in an outage a prompt tells the last one that this machine showed. */
  readonly list: ListId | undefined;
}

/**
 * Feeds a sample prompt and a sample TaskCreate call through docket's own hooks, as Claude Code
 * would start them. They keep their state in a folder that goes away, and neither of the two
 * writes to the database.
 */
export async function runTrials(
  folder: string,
  { env, settings, list }: TrialOptions,
): Promise<readonly Trial[]> {
  const state = mkdtempSync(join(tmpdir(), 'docket-doctor-'));
  try {
    const last = list === undefined ? undefined : readSnapshot(stateFolder(env), list);
    if (list !== undefined && last !== undefined) saveSnapshot(join(state, 'docket'), list, last);
    const sessionId = randomUUID();
    const hookEnv = hookEnvironment(env, { folder, settings, sessionId, state });
    const common = { session_id: sessionId, transcript_path: join(state, 'none'), cwd: folder };
    const samples = [
      { event: 'UserPromptSubmit', prompt: 'A sample prompt of docket doctor' },
      { event: 'PreToolUse', tool_name: 'TaskCreate', tool_input: sampleCall },
    ] as const;
    const trials: Trial[] = [];
    for (const { event, ...fields } of samples) {
      const input = {
        ...common,
        permission_mode: 'default',
        hook_event_name: event,
        ...fields,
      };
      const hooks = ownHooksOf(event, settings);
      const runs = hooks.flatMap((hook) => {
        const start = ownStart(hook, { folder, env });
        const { timeout } = hook;
        return start ? [runHookEntry(start, { folder, env: hookEnv, input, timeout })] : [];
      });
      const foreign = hooks.filter((hook) => ownStart(hook, { folder, env }) === undefined);
      trials.push(summarise(event, await Promise.all(runs), foreign.map(nameOf)));
    }
    return trials;
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

/** Claude Code runs an entry once, however often it stands. A heartbeat would leave a row. */
function ownHooksOf(event: Trial['event'], settings: readonly ClaudeSettings[]) {
  const hooks = settings
    .flatMap(hooksIn)
    .filter((entry) => entry.event === event && isOwnHook(entry.hook) && entry.hook.async !== true)
    .filter(({ matcher }) => event !== 'PreToolUse' || matchesTool(matcher, 'TaskCreate'))
    .map(({ hook }) => hook);
  const identity = (hook: HookEntry['hook']) => JSON.stringify([hook.command, hook.args]);
  return [...new Map(hooks.map((hook) => [identity(hook), hook])).values()];
}

function nameOf({ command, args }: HookEntry['hook']): string {
  return [command, ...(Array.isArray(args) ? args : [])].map(String).join(' ');
}

/**
 * The variables that docket's hooks get. A project's settings count for docket's own variables only:
 * HOME, PATH or NODE_OPTIONS would choose what the launcher starts, before the person trusts it.
 */
function hookEnvironment(
  env: Env,
  place: { folder: string; settings: readonly ClaudeSettings[]; sessionId: string; state: string },
): Env {
  const outer = Object.entries(env).filter(([name]) => !/^(CLAUDE|AI_AGENT)/.test(name));
  const set = place.settings.flatMap(({ value, level }) =>
    Object.entries(isRecord(value.env) ? value.env : {}).filter(
      ([name]) => level === 'user' || name.startsWith('DOCKET_'),
    ),
  );
  const configFolder = env.CLAUDE_CONFIG_DIR;
  return {
    ...Object.fromEntries(outer),
    // A prompt's hook does not ask git: the session's start remembers the name, and here is none.
    DOCKET_ACTOR: actorOf(env, place.folder),
    ...Object.fromEntries(set.filter(([, value]) => typeof value === 'string')),
    ...(configFolder === undefined ? {} : { CLAUDE_CONFIG_DIR: configFolder }),
    CLAUDECODE: '1',
    CLAUDE_CODE_ENTRYPOINT: 'cli',
    CLAUDE_CODE_SESSION_ID: place.sessionId,
    CLAUDE_PROJECT_DIR: place.folder,
    XDG_STATE_HOME: place.state,
  } as Env;
}

function summarise(
  event: Trial['event'],
  runs: readonly HookRun[],
  foreign: readonly string[],
): Trial {
  const answers = runs.map((run) => parseAnswer(run.stdout));
  const said = answers.flatMap(({ text }) => text ?? []);
  // Claude Code gives the model one refusal, however many there are.
  const texts = event === 'PreToolUse' ? said.slice(0, 1) : said;
  const messages = answers.flatMap(({ systemMessage }) => systemMessage ?? []);
  return {
    event,
    text: texts.length === 0 ? undefined : texts.join('\n\n'),
    systemMessage: messages.length === 0 ? undefined : messages.join('\n'),
    speakers: texts.length,
    milliseconds: Math.max(0, ...runs.map((run) => run.milliseconds)),
    problems: runs.flatMap((run) => problemOf(run) ?? []),
    foreign,
  };
}

function parseAnswer(stdout: string): { text?: string; systemMessage?: string } {
  try {
    const answer = JSON.parse(stdout);
    const output = answer.hookSpecificOutput ?? {};
    const text = output.additionalContext ?? output.permissionDecisionReason;
    return { text, systemMessage: answer.systemMessage };
  } catch {
    return {};
  }
}

function problemOf({ command, exitCode, stderr }: HookRun): string | undefined {
  const said = stderr.trim().split('\n').at(-1);
  if (exitCode === null) return `${command}: ${said || 'was ended, as its time was up'}`;
  if (exitCode !== 0) return `${command}: exit code ${exitCode}${said ? ` (${said})` : ''}`;
  return said ? `${command}: ${said}` : undefined;
}
