import { equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { startScript } from '../../lib/settings/own-entries.ts';
import { writeSession } from '../../lib/state/session-state.ts';
import type { Command } from '../measure/whole-process.ts';
import type { InstalledUser } from './installed-user.ts';

/** Gives a hook as Claude Code starts it from settings.json, launcher included. */
export function hookCommand(
  { project, env }: InstalledUser,
  event: string,
  { session, input }: { session: string; input: object },
): Command {
  return {
    file: 'sh',
    args: ['-c', startScript, join(project, '.claude/docket/hook'), event],
    cwd: project,
    env: {
      ...env,
      CLAUDECODE: '1',
      CLAUDE_CODE_SESSION_ID: session,
      CLAUDE_PID: String(process.pid),
      CLAUDE_PROJECT_DIR: project,
    },
    input: JSON.stringify({ session_id: session, cwd: project, ...input }),
  };
}

/**
 * Gives the hook of a prompt, in a session that SessionStart has introduced and that has not seen
 * the list yet: it gets the whole list, which is the dear case.
 */
export function promptCommand(person: InstalledUser, session: string): Command {
  writeSession(person.state, session, { folder: person.project, actor: 'alice@one' });
  const input = { hook_event_name: 'UserPromptSubmit', prompt: 'Mend the import, please.' };
  return hookCommand(person, 'user-prompt-submit', { session, input });
}

/** Gives the hook that is asked about a built-in task tool. */
export function denyCommand(person: InstalledUser): Command {
  const input = {
    hook_event_name: 'PreToolUse',
    tool_name: 'TaskCreate',
    tool_input: { subject: "Mend the import's tests", description: 'They fail since Monday.' },
  };
  return hookCommand(person, 'pre-tool-use', { session: 'deny', input });
}

/** Gives the reference of every ratio: Node.js that does nothing, with the same pipes. */
export function bareNode(like: Command): Command {
  return { ...like, file: process.execPath, args: ['-e', '0'] };
}

/** Requires that the hook printed the list as the database has it now. @throws AssertionError */
export function requireFreshList(stdout: string): void {
  ok(isFreshList(stdout), `not a fresh list: ${stdout}`);
}

export function isFreshList(stdout: string): boolean {
  const context = contextOf(stdout);
  return (
    context.startsWith('<docket workspace=') && !context.includes('The docket database is away')
  );
}

/** Requires that the hook printed the last list and said that it is old. @throws AssertionError */
export function requireOldList(stdout: string): void {
  ok(contextOf(stdout).includes('The docket database is away'), `not the old list: ${stdout}`);
}

/** Requires that the hook refused the tool. @throws AssertionError */
export function requireDenial(stdout: string): void {
  equal(outputOf(stdout).permissionDecision, 'deny', stdout);
}

/** What a hook told the model. */
export function contextOf(stdout: string): string {
  return String(outputOf(stdout).additionalContext ?? '');
}

function outputOf(stdout: string): Record<string, unknown> {
  return stdout === '' ? {} : (JSON.parse(stdout).hookSpecificOutput ?? {});
}
