import type { HookInput } from '../hook-io/input.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { askForReport } from '../model/report/ask.ts';
import { findCommands } from '../model/shell-commands.ts';
import { findVerbs } from '../model/shell-detours.ts';
import { agentName } from './agent-name.ts';

/**
 * The commands that change something in a worker's name. Others stay as they are written, so that
 * every rule of the person about them fits as before.
 */
export const namedCommands: ReadonlySet<string> = new Set([
  ...['create', 'plan', 'note', 'link', 'unlink', 'claim', 'release', 'update', 'report', 'block'],
  ...['unblock', 'close', 'cancel', 'reopen', 'undo', 'add', 'start', 'done', 'complete'],
]);

/** The commands that a subagent with a task leaves to its session and to people. */
export const keptCommands: ReadonlySet<string> = new Set([
  ...[...namedCommands].filter((name) => name !== 'note'),
  ...['run', 'stop', 'trust', 'migrate', 'init', 'uninstall', 'statusline'],
  ...['server', 'copy', 'export', 'import', 'backup', 'restore', 'doctor', 'completion'],
  ...['archive', 'notify', 'verify', 'outbox retry', 'outbox move', 'outbox drop'],
  ...['client', 'project', 'infra', 'insight', 'work-item'].flatMap((noun) =>
    ['add', 'update', 'archive', 'invoice'].map((verb) => `${noun} ${verb}`),
  ),
]);

/**
 * Gives docket's commands in a shell command of a subagent or team-mate the name of their worker: all
 * agents of a session have one process and one environment, and only hooks are told which one it
 * is. The flag is a name and no right, and permission rules are asked about the command as it is
 * then.
 *
 * @returns undefined when nothing is to change, as in the main session.
 */
export function nameWorker(
  input: Pick<HookInput, 'tool_name' | 'tool_input' | 'agent_id' | 'agent_type'>,
): HookAnswer | undefined {
  const name = agentName(input);
  const { command } = input.tool_input;
  if (name === undefined || input.tool_name !== 'Bash' || typeof command !== 'string') return;
  const named = withFlag(command, `--as-agent=${name}`);
  return named === command ? undefined : { updatedInput: { ...input.tool_input, command: named } };
}

/**
 * Refuses a command that changes tasks where its subagent works on a task that was given to it: it
 * reports, and the session that gave it writes. Notes pass. A command that calls docket by a detour
 * counts as well, as far as its text tells.
 *
 * @param findGiven finds the key of that task; it is asked for such a command alone.
 * @returns undefined when nothing is refused.
 */
export function refuseToManage(
  { tool_name: tool, tool_input: { command } }: Pick<HookInput, 'tool_name' | 'tool_input'>,
  findGiven: () => string | undefined,
): HookAnswer | undefined {
  if (tool !== 'Bash' || typeof command !== 'string') return undefined;
  // What a shell only finds out as it runs can be any verb.
  const verb = findVerbs(command, 'docket').find(
    (name) => keptCommands.has(name) || !/^[a-z- ]+$/.test(name),
  );
  const key = verb === undefined ? undefined : findGiven();
  if (key === undefined) return undefined;
  return {
    deny: `docket ${verb} is not for you: you report on ${key}, and the session that gave it to you keeps the list. You may look, and leave notes: docket note ${key} 'what you found'.\n${askForReport()}`,
  };
}

/** Finds the verbs of docket's commands in a shell command, with the offsets just behind them. */
function verbsIn(command: string): readonly { readonly name: string; readonly end: number }[] {
  return findCommands(command, 'docket').map((end) => {
    const [words = '', name = ''] =
      /^[ \t]+([a-z]+)(?![^ \t\r\n;&|<>()`])/.exec(command.slice(end)) ?? [];
    return { name, end: end + words.length };
  });
}

function withFlag(command: string, flag: string): string {
  return verbsIn(command).reduceRight(
    (text, { name, end }) =>
      namedCommands.has(name) ? `${text.slice(0, end)} ${flag}${text.slice(end)}` : text,
    command,
  );
}
