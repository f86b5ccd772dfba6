import type { E2eWorld } from '../contract.ts';
import { assertListed } from '../list-block.ts';
import { keyIn, runInSession } from '../results.ts';
import { twoSessions } from '../two-sessions.ts';

/** The model creates a task; the project's own rules let the command through. */
export async function create(world: E2eWorld): Promise<void> {
  const { writer, reader } = await twoSessions(world);
  const made = await runInSession(
    writer,
    "docket create 'Wire the flux valve' --priority 1 --description 'The blue wire first'",
  );
  const { context } = await reader.prompt('what is new?');
  assertListed(context, 'Ready', keyIn(made), 'P1', 'Wire the flux valve');
}
