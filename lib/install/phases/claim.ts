import { ClaimAnswer, TaskDetail } from '../../model/answers/task.ts';
import { readAnswer, readRefusal } from '../verify/answers.ts';
import { keyOf, type Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';

/** A claim holds: another session is refused, and told who has it. */
export const claim: Phase = {
  name: 'claim',
  title: 'claim',
  needs: ['create'],
  async run(verification) {
    const { first, newSession } = verification;
    const key = keyOf(verification, 'wire');
    readAnswer(ClaimAnswer, await first.docket(['claim', key]));
    const other = await first.docket(['claim', key], { session: newSession() });
    const refusal = readRefusal('already_claimed', other);
    must(refusal.includes(first.actor), `who is refused is not told who has it: ${refusal}`);
    const { task } = readAnswer(TaskDetail, await first.docket(['show', key]));
    must(
      task.claim?.session === first.session,
      'the claim is not that of the session that made it',
    );
  },
};
