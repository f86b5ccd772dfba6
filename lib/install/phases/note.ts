import { NoteAnswer, TaskDetail } from '../../model/answers/task.ts';
import { readAnswer } from '../verify/answers.ts';
import { keyOf, type Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';

const text = 'Halfway; 半分 – ½ 🔧\nsecond line';

/** A note is kept with its task, as it was written. */
export const note: Phase = {
  name: 'note',
  title: 'note',
  needs: ['create'],
  async run(verification) {
    const { first } = verification;
    const key = keyOf(verification, 'wire');
    readAnswer(NoteAnswer, await first.docket(['note', key, text]));
    const { notes } = readAnswer(TaskDetail, await first.docket(['show', key]));
    must(
      notes.some((each) => each.text === text && each.session === first.session),
      'the note is not there as it was written',
    );
  },
};
