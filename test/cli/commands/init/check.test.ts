import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InitAnswer } from '../../../../lib/model/answers/set-up.ts';
import { builtHooks } from '../../../hooks/built-hooks.ts';
import { install, makeRepository, makeSetupUser } from '../../../install/setup-user.ts';

test('init --check says all that is to be done, each once, and what the model sees', async () => {
  const person = makeSetupUser();
  install(person, await builtHooks());
  const folder = makeRepository(person, 'web');
  const { stdout, exitCode } = await person.docket(folder, 'init', '--check');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Made the list web');
  expect(stdout.match(/not committed yet: 4 files/g)).toHaveLength(1);
  expect(stdout).toContain('What the model sees with a prompt:\n  | <docket workspace="web"');
  expect(stdout).toMatch(/^docket works; \d things? to look at\.$/m);
  expect(stdout).not.toMatch(/^ok /m);

  const again = await person.docket(folder, 'init', '--check', '--json');
  const { data } = JSON.parse(again.stdout);
  expect(InitAnswer.parse(data)).toEqual(data);
  expect(data.check).toMatchObject({ healthy: true });
});

test('init --check fails where docket does not work, after it wrote the files', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  const { stdout, exitCode } = await person.docket(folder, 'init', '--check');
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`Wrote ${join(folder, '.claude/docket.json')}`);
  expect(stdout).toContain('fail  installation');
  writeFileSync(join(folder, '.claude/docket/hook'), 'another');
  expect((await person.docket(folder, 'init', '--check', '--dry-run')).exitCode).toBe(0);
});
