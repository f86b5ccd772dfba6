import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WhereAnswer } from '../../model/answers/set-up.ts';
import { TaskList } from '../../model/answers/task.ts';
import { readAnswer } from '../verify/answers.ts';
import { keyOf, type Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';
import { mustShowList } from '../verify/shown-list.ts';

const shadow = { id: '00000000-0000-7000-8000-000000000000', slug: 'shadow' };

/** The list is the same from below, where another `docket.json` lies in the way. */
export const subfolder: Phase = {
  name: 'subfolder',
  title: 'from a subfolder',
  needs: ['create'],
  async run(verification) {
    const { first, workspace, newSession } = verification;
    const folder = join(first.project, 'packages', 'inner part');
    mkdirSync(join(folder, '.claude'), { recursive: true });
    const file = join(folder, '.claude', 'docket.json');
    writeFileSync(file, JSON.stringify({ workspace: shadow, database: 'sqlite:shadow.db' }));
    const session = newSession();
    const place = { folder, session };
    const where = readAnswer(WhereAnswer, await first.docket(['where'], place));
    must(where.workspace?.id === workspace.id, `the list there is ${where.workspace?.slug}`);
    const { tasks } = readAnswer(TaskList, await first.docket(['list', '--all'], place));
    const key = keyOf(verification, 'wire');
    must(
      tasks.some((task) => task.key === key),
      'a task of the list is not shown there',
    );
    mustShowList(await first.hook('SessionStart', { source: 'startup' }, place), workspace);
  },
};
