import { match } from 'node:assert/strict';
import { bash } from '../../claude/script.ts';
import type { E2eWorld } from '../contract.ts';
import { makeProject } from '../project.ts';
import { runInSession, succeeded } from '../results.ts';

const plan = `docket plan <<'PLAN'
# API authentication
- [ ] Design the schema
- [ ] Write the endpoints
PLAN`;

/** What one session found is handed to the session that claims the next step, and to no prompt. */
export async function handOver(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const [first, second] = [alice.session(project), alice.session(project)];
  const planned = await runInSession(first, plan);
  const key = /\bweb-[a-z0-9]+\b/.exec(planned)?.[0] ?? '';
  await first.prompt('begin', [
    bash(`docket claim ${key}.1`),
    bash(`docket note ${key}.2 'The tokens are opaque'`),
    bash(`docket close ${key}.1 --outcome 'Three tables, no sessions'`),
  ]);

  const { results } = await second.prompt('go on', [
    bash('docket claim --next'),
    bash(`docket show ${key}.2`),
  ]);
  for (const told of results.map(succeeded)) {
    match(told, new RegExp(`Part of API authentication \\(${key}, 1 of 2 steps done\\)`));
    match(told, new RegExp(`Done before\\n.*${key}\\.1 Design the schema: Three tables, no sess`));
    match(told, /The tokens are opaque/);
  }
  match(succeeded(results[0]), new RegExp(`^Claimed ${key}\\.2`));
  await first.end();
  await second.end();
}
