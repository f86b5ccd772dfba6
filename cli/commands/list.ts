import { finished, readStatuses, unfinished } from '../../lib/access/statuses.ts';
import type { Status } from '../../lib/model/task/status.ts';
import { renderTaskList } from '../../lib/render/task/list.ts';
import { listTasks } from '../../lib/tracker/reads/lists.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';
import { statusFlag } from '../flags/status.ts';

export const command = defineCommand({
  summary: 'Tasks in progress, blocked and pending',
  usage: '[--status STATUS] [--all]',
  args: { min: 0, max: 0 },
  flags: {
    ...statusFlag,
    all: { type: 'boolean', description: 'completed and cancelled ones too' },
    'all-workspaces': { type: 'boolean', description: 'of every workspace in the database' },
    cached: { type: 'boolean', description: 'the last known list, while the database is away' },
    ...limitFlag,
  },
  examples: [
    'docket list',
    'docket list --status in_progress,blocked',
    'docket list --status closed --limit 10',
    'docket list --all --json',
    'docket list --cached',
  ],
  async run({ flags, io }) {
    if (flags.cached) return (await import('./cached-list.ts')).showCachedList({ flags, io });
    const limit = readLimit(flags, 50);
    const wanted = statusesOf(flags);
    return withScope({ flags, io }, async ({ scope }) => {
      const allWorkspaces = flags['all-workspaces'];
      const data = await listTasks(scope, { statuses: wanted, limit, allWorkspaces });
      const text = renderTaskList(data, {
        session: scope.worker.session,
        style: io.style,
        empty: emptyText(flags),
        more: `docket list${givenFlags(flags)} --limit ${Math.min(data.total, data.totalLimit)}`,
      });
      return { data, text };
    });
  },
});

interface ListFlags {
  readonly status: readonly string[];
  readonly all: boolean;
  readonly 'all-workspaces': boolean;
}

function statusesOf({ status, all }: ListFlags): readonly Status[] {
  if (status.length > 0) return readStatuses(status);
  return all ? [...unfinished, ...finished] : unfinished;
}

function emptyText({ status, all }: ListFlags): string {
  if (status.length > 0) return 'No task has that status. docket list --all shows every task.';
  return all
    ? 'No tasks yet. docket create TITLE adds one.'
    : 'Nothing to do. docket create TITLE adds a task, docket list --all shows closed ones.';
}

function givenFlags({ status, all, 'all-workspaces': everywhere }: ListFlags): string {
  return [
    status.length > 0 ? ` --status ${status.join(',')}` : '',
    all ? ' --all' : '',
    everywhere ? ' --all-workspaces' : '',
  ].join('');
}
