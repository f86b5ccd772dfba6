import { doesNotMatch, match, ok } from 'node:assert/strict';
import { bash } from '../../claude/script.ts';
import type { E2eWorld } from '../contract.ts';
import { makeProject } from '../project.ts';
import { refused, succeeded } from '../results.ts';

/** A session hears whom its tasks are for, what must be given, and what is known of them. */
export async function modes(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const docket = (...argv: readonly string[]) => alice.docket(project, argv);
  await docket('init', '--mode', 'msp');
  await docket('client', 'add', 'Acme Corp');
  await docket('client', 'add', 'Umbrella');
  await docket('insight', 'add', 'The NAS reboots on Sundays', '--client', 'acme-corp');

  const session = alice.session(project);
  const first = await session.prompt('good morning');
  match(first.context, /\nMode msp: every task is for a client, and needs one/);
  doesNotMatch(first.context, /reboots/);
  const created = await session.prompt('two tasks', [
    bash("docket create 'Mend the NAS'"),
    bash("docket create 'Mend the NAS' --client acme-corp"),
    bash("docket create 'Mend the VPN' --client umbrella"),
  ]);
  const [without, ...made] = created.results;
  match(refused(without), /in msp mode a task needs a client/);
  ok(made.every((result) => succeeded(result).startsWith('Created ')));
  await session.end();

  await docket('init', '--mode', 'msp', '--client', 'Acme Corp');
  const next = alice.session(project);
  const { context } = await next.prompt('good morning');
  match(context, /\nMode msp: tasks here are for the client acme-corp, unless you give --client/);
  match(context, /\n- acme-corp: The NAS reboots on Sundays\n/);
  match(context, /P2 Mend the NAS \(acme-corp\)\n/);
  match(context, /P2 Mend the VPN \(umbrella\)\n/);
  await next.end();
}
