import type { WorkspaceName } from '../../tracker/database/join-workspace.ts';
import type { HookSaid } from './answers.ts';
import { must } from './phase-failure.ts';

/** Ends a phase unless a hook shows the list, and in it these words. @throws PhaseFailure */
export function mustShowList(
  { context, systemMessage }: HookSaid,
  { slug }: WorkspaceName,
  ...words: readonly string[]
): void {
  const [block] = /<docket [\s\S]*<\/docket>/.exec(context) ?? [];
  const told = systemMessage === '' ? '' : `; the person is told: ${systemMessage}`;
  must(block !== undefined, `the hook shows no list${told}`);
  must(block.includes(`workspace="${slug}"`), 'the hook shows another list');
  must(!isAway(context), `the hook shows the last list that it knew${told}`, 'docket doctor');
  const missing = words.find((word) => !block.includes(word));
  must(missing === undefined, `the list that the hook shows lacks ${missing}`);
}

/** Whether a hook shows a list of before, as it cannot reach the database. */
export function isAway(context: string): boolean {
  return context.includes('The docket database is away');
}
