import type { Env } from '../lib/config/paths.ts';
import { DocketError } from '../lib/model/errors.ts';

/** What an agent may run of docket: looking manages nothing, nor does telling how it goes. */
const open: ReadonlySet<string> = new Set([
  ...['list', 'ready', 'show', 'checklist', 'runs', 'log', 'recap', 'search', 'stats', 'where'],
  ...['note', 'doctor', 'billing'],
  ...['client', 'project', 'infra', 'insight', 'work-item'].flatMap((noun) => [
    `${noun} list`,
    `${noun} show`,
  ]),
]);

/**
 * Refuses a command that manages tasks to an agent which docket runs: it reports, and the
 * orchestrator writes.
 *
 * @throws DocketError `agents_report`
 */
export function requirePermission(name: string, { DOCKET_RUN: run, DOCKET_TASK: task }: Env): void {
  if (!run || open.has(name)) return;
  throw new DocketError('agents_report', `docket ${name} is not for agents: they report`, {
    hint: `End with your report: what is left goes into follow_ups, what you need into blockers${
      task ? `. On the way: docket note ${task} TEXT` : ''
    }`,
  });
}
