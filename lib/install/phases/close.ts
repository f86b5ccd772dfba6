import { TaskAnswer, TaskDetail } from '../../model/answers/task.ts';
import { readAnswer } from '../verify/answers.ts';
import { keyOf, type Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';

/** What is done frees what waited for it, and leaves a task for what is left. */
export const close: Phase = {
  name: 'close',
  title: 'close with a follow-up',
  needs: ['claim', 'link'],
  async run(verification) {
    const { first } = verification;
    const [wire, paint] = [keyOf(verification, 'wire'), keyOf(verification, 'paint')];
    const words = ['--outcome', 'Wired', '--follow-up', 'Test the valve'];
    const closed = readAnswer(TaskAnswer, await first.docket(['close', wire, ...words]));
    must(closed.task.status === 'completed', `the task is ${closed.task.status}`);
    must(closed.nowReady.includes(paint), 'the task that waited for it is not ready now');
    const [followUp] = closed.followUps;
    must(followUp !== undefined, 'no follow-up was made');
    const { relations } = readAnswer(TaskDetail, await first.docket(['show', followUp]));
    must(
      relations.some(({ type, key }) => type === 'discovered_from' && key === wire),
      'the follow-up does not say where it comes from',
    );
  },
};
