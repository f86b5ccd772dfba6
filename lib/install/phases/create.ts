import { CreateAnswer, TaskDetail } from '../../model/answers/task.ts';
import { readAnswer } from '../verify/answers.ts';
import type { Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';
import { mustShowList } from '../verify/shown-list.ts';

/** Letters of several scripts, a quote and a sign beyond 16 bits: servers keep them all, or lose some. */
const title = 'Wire the valve’s “flux” übers Ωμέγα 🚀';
const description = "Isn't it: 100 % of \\ and ' and \"?";

/** A task is stored as it was said, and the next session is given it. */
export const create: Phase = {
  name: 'create',
  title: 'create',
  needs: ['database'],
  async run({ first, workspace, keys, newSession }) {
    const made = await first.docket([
      ...['create', title, '--priority', '1', '--description', description],
    ]);
    const { key } = readAnswer(CreateAnswer, made).task;
    keys.set('wire', key);
    const { task } = readAnswer(TaskDetail, await first.docket(['show', key]));
    must(
      task.title === title && task.description === description,
      `what was stored is not what was said: ${task.title}`,
      'See which character set and sql_mode the server has',
    );
    const next = await first.hook('SessionStart', { source: 'startup' }, { session: newSession() });
    mustShowList(next, workspace, key);
  },
};
