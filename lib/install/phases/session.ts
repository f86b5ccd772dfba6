import type { Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';
import { mustShowList } from '../verify/shown-list.ts';

/** A session is given the rules and the list when it starts, and is told what is new at a prompt. */
export const session: Phase = {
  name: 'session',
  title: 'the list in a session',
  needs: ['database'],
  async run({ first, workspace }) {
    const start = await first.hook('SessionStart', { source: 'startup' });
    must(
      start.context.includes('How this project tracks work: docket'),
      'a session that starts is not given the rules of use',
    );
    mustShowList(start, workspace);
    // The first prompt adds nothing to what the session was just given.
    await first.hook('UserPromptSubmit', { prompt: 'Good morning' });
    const prompt = await first.hook('UserPromptSubmit', { prompt: 'What is there to do?' });
    must(prompt.context.includes('docket: no changes'), 'a prompt is not told how the list stands');
  },
};
