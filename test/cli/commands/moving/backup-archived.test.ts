import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openList } from '../../../../lib/access/open-list.ts';
import { BackupAnswer, RestoreAnswer } from '../../../../lib/model/answers/backup.ts';
import { archiveTasks } from '../../../../lib/tracker/archive/archive-tasks.ts';
import { openCliHarness } from '../../cli-harness.ts';

test.each([[[]], [['--dump']]])(
  'what was archived is counted beside the list, in a backup and out of it (%j)',
  async (flags) => {
    const harness = openCliHarness();
    await harness.create('Open');
    const key = await harness.create('Done');
    await harness.text('close', key);
    const list = await openList({ env: harness.env, cwd: harness.project });
    await archiveTasks(list.scope, { olderThan: -60_000, keep: 0 });
    await list.close();

    const folder = join(harness.home, 'backups');
    const { to, lists } = await harness.json(BackupAnswer, 'backup', folder, ...flags);
    expect(lists).toMatchObject([{ slug: 'web', tasks: 1, archived: 1 }]);
    const other = ['--database', `sqlite:${join(harness.home, 'other.db')}`];
    const restored = await harness.json(RestoreAnswer, 'restore', to, ...other);
    expect(restored.lists).toEqual(lists);
    expect(await harness.text('backup', folder, ...flags, ...other)).toMatch(
      /^ {2}web {2}1 task, 1 archived, \d+ events$/m,
    );
    const file = join(harness.home, 'web.jsonl');
    expect(await harness.text('export', file)).toContain(': 1 task, 1 archived task');
  },
);
