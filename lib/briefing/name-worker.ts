import type { HookInput } from '../hook-io/input.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { findCommands } from '../model/shell-commands.ts';
import { agentName } from './agent-name.ts';

/**
 * The commands that change something in a worker's name. Others stay as they are written, so that
 * every rule of the person about them fits as before.
 */
export const namedCommands: ReadonlySet<string> = new Set([
  ...['create', 'plan', 'note', 'link', 'unlink', 'claim', 'release', 'update', 'report', 'block'],
  ...['unblock', 'close', 'cancel', 'reopen', 'undo', 'add', 'start', 'done', 'complete'],
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

function withFlag(command: string, flag: string): string {
  return findCommands(command, 'docket').reduceRight((text, end) => {
    const [words = '', verb = ''] =
      /^[ \t]+([a-z]+)(?![^ \t\r\n;&|<>()`])/.exec(text.slice(end)) ?? [];
    if (!namedCommands.has(verb)) return text;
    const at = end + words.length;
    return `${text.slice(0, at)} ${flag}${text.slice(at)}`;
  }, command);
}
