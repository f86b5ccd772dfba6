import { findHookContext } from '../../lib/briefing/hook-context.ts';
import { briefPrompt } from '../../lib/briefing/prompt-briefing.ts';
import type { CliHarness } from '../cli/cli-harness.ts';

/** Shows the list to a prompt of a session on this machine, which is then known here. */
export async function snapshotOf({ env, project }: CliHarness): Promise<void> {
  const hook = findHookContext({ session_id: 'a-prompt', cwd: project }, env);
  if (hook === undefined) throw new Error('the project has no list');
  await briefPrompt(hook, { env, now: Date.now() });
}
