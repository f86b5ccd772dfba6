import type { E2eUser, E2eWorld, Session } from './contract.ts';
import { createTask } from './e2e-user.ts';
import { makeProject } from './project.ts';
import { together } from './together.ts';

/** One project and two sessions in it: what `writer` does, `reader` sees in its next prompt. */
export interface TwoSessions {
  readonly person: E2eUser;
  readonly project: string;
  /** The keys of the tasks that were asked for, in their order. */
  readonly keys: readonly string[];
  readonly writer: Session;
  readonly reader: Session;
}

/** Both sessions have had a prompt already, so that neither sees the list only as a newcomer. */
export async function twoSessions(
  world: E2eWorld,
  titles: readonly string[] = [],
): Promise<TwoSessions> {
  const person = await world.person('alice');
  const project = await makeProject(person, 'web');
  const keys: string[] = [];
  for (const title of titles) keys.push(await createTask(person, project, title));
  const [writer, reader] = [person.session(project), person.session(project)];
  await together([writer.prompt('good morning'), reader.prompt('good morning')]);
  return { person, project, keys, writer, reader };
}
