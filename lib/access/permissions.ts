import type { Env } from '../config/paths.ts';
import { DocketError } from '../model/errors.ts';

/**
 * Who may run an operation. Anybody may look; a note tells how work goes; managing changes tasks,
 * which agents that docket runs leave to the orchestrator; the rest is for people, because it
 * decides what runs and where data goes.
 */
export type Access = 'look' | 'note' | 'manage' | 'person';

/** Whether agents that docket runs may run it: they report, and the orchestrator writes. */
export function isForAgents(access: Access): boolean {
  return access === 'look' || access === 'note';
}

/** Whether Claude Code may run it without asking its person. */
export function isForSessions(access: Access): boolean {
  return access !== 'person';
}

/**
 * Refuses an operation that is not for agents when an agent that docket runs asks for it.
 *
 * @throws DocketError `agents_report`
 */
export function requirePermission(
  { name, access }: { readonly name: string; readonly access: Access },
  { DOCKET_RUN: run, DOCKET_TASK: task }: Env,
): void {
  if (!run || isForAgents(access)) return;
  throw new DocketError('agents_report', `docket ${name} is not for agents: they report`, {
    hint: `End with your report: what is left goes into follow_ups, what you need into blockers${
      task ? `. On the way: docket note ${task} TEXT` : ''
    }`,
  });
}
