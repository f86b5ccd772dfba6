import { equal, match } from 'node:assert/strict';
import { bash, delegate, say } from '../../claude/script.ts';
import type { E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { makeProject } from '../project.ts';
import { refused, succeeded } from '../results.ts';

/**
 * Ways to call docket that are no plain `docket VERB`. Claude Code matches the rule of a hook with
 * no here-document, so one that a shell reads is not seen.
 */
function detours(key: string): readonly string[] {
  return [
    `bash -c 'docket close ${key}'`,
    `sh -c "cd . && docket cancel ${key}"`,
    `env A=1 docket close ${key}`,
    `echo ${key} | xargs docket close`,
    `"$HOME/.local/bin/docket" close ${key}`,
    `$(command -v docket) close ${key}`,
    `eval "docket close ${key}"`,
    `echo 'docket close ${key}' | sh`,
    `D=docket; $D close ${key}`,
    `find . -maxdepth 0 -exec docket close ${key} \\;`,
  ];
}

/** A subagent with a task is held to reporting, by whatever way its shell calls docket. */
export async function heldAgent(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const key = await createTask(alice, project, 'Wire the flux valve');
  const session = alice.session(project, { permissionMode: 'bypassPermissions' });
  const innocent = [`grep -rn 'docket close' . || true`, `bash -c 'docket show ${key}'`];
  const { subagentResults } = await session.prompt('have it done', [
    bash(`docket claim ${key} --agent general-purpose`),
    delegate(`Wire what ${key} says`, [
      ...detours(key).map(bash),
      ...innocent.map(bash),
      say('The valve is wired.'),
    ]),
  ]);
  const said = subagentResults.slice(0, detours(key).length);
  for (const each of said) {
    match(
      refused(each),
      new RegExp(`is not for you: you report on ${key}`),
      `${each.input.command}`,
    );
  }
  for (const each of subagentResults.slice(said.length)) succeeded(each);
  const { task } = await alice.ask(project, ['show', key]);
  equal(task?.status, 'in_progress');
  await session.end();
}
