import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  commit,
  git,
  makeRepository,
  makeSetupUser,
  type SetupUser,
} from '../../../install/setup-user.ts';
import { init, tree } from './run-init.ts';

interface Check {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly next: string;
}

async function said(person: SetupUser, folder: string): Promise<readonly (Check | undefined)[]> {
  const isOwner = ({ name }: Check) => name === 'repository';
  const { data } = await init(person, folder);
  const { stdout } = await person.docket(folder, 'doctor', '--json');
  return [data.warnings.find(isOwner), JSON.parse(stdout).data.checks.find(isOwner)];
}

/** A repository that begins with a copy of another one's files. */
function copyOf(person: SetupUser, source: string, name: string): string {
  const folder = join(person.base, name);
  mkdirSync(folder);
  cpSync(join(source, '.claude'), join(folder, '.claude'), { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder, `first of ${name}`);
  return folder;
}

test('a list that came with a template is said to be of another repository', async () => {
  const person = makeSetupUser();
  const template = makeRepository(person, 'template');
  git(template, 'remote', 'add', 'origin', 'https://example.com/team/template.git');
  await init(person, template);
  const web = copyOf(person, template, 'web');
  git(web, 'remote', 'add', 'origin', 'https://example.com/alice/web.git');
  for (const check of await said(person, web)) {
    expect(check).toMatchObject({ status: 'warn' });
    expect(check?.message).toContain('the list template belongs to another repository');
    expect(check?.message).toContain('example.com/team/template');
    expect(check?.next).toContain("web/.claude/docket.json', then docket init");
  }
  expect(await said(person, template)).toEqual([undefined, undefined]);
});

test('a copy without origins is known by its other beginning', async () => {
  const person = makeSetupUser();
  const template = makeRepository(person, 'template');
  await init(person, template);
  const web = copyOf(person, template, 'web');
  for (const check of await said(person, web)) {
    expect(check?.message).toMatch(/\(one that begins with commit [0-9a-f]{12}\)/);
  }
});

test('a copy is noticed in a repository without commits', async () => {
  const person = makeSetupUser();
  const template = makeRepository(person, 'template');
  await init(person, template);
  const web = join(person.base, 'web');
  cpSync(join(template, '.claude'), join(web, '.claude'), { recursive: true });
  git(web, 'init', '--quiet', '--initial-branch=main');
  for (const check of await said(person, web)) {
    expect(check?.message).toContain('the list template belongs to another repository');
  }
});

test('a copy in no repository is set up only by --anyway, and doctor tells of it', async () => {
  const person = makeSetupUser();
  const template = makeRepository(person, 'template');
  await init(person, template);
  const web = join(person.base, 'web');
  cpSync(join(template, '.claude/docket.json'), join(web, '.claude/docket.json'));
  const before = tree(web);
  const { exitCode, error } = await init(person, web);
  expect([exitCode, error.code]).toEqual([2, 'usage']);
  expect(error.message).toContain('the list template belongs to another repository');
  expect(error.hint).toContain("web' --anyway");
  expect(tree(web)).toEqual(before);
  const { data } = await init(person, web, '--anyway');
  expect(data.workspace.slug).toBe('template');
  const { stdout } = await person.docket(web, 'doctor', '--json');
  expect(JSON.parse(stdout).data.checks).toContainEqual(
    expect.objectContaining({ name: 'repository', status: 'warn' }),
  );
});

test('a worktree, also of a branch without commits, has the list of its repository', async () => {
  const person = makeSetupUser();
  const web = makeRepository(person, 'web');
  await init(person, web);
  commit(web, 'docket');
  git(web, 'worktree', 'add', '--quiet', '../feature');
  expect(await said(person, join(person.base, 'feature'))).toEqual([undefined, undefined]);
  git(web, 'checkout', '--quiet', '--orphan', 'pages');
  expect(await said(person, web)).toEqual([undefined, undefined]);
});

test('a clone, a fork, a moved and a rewritten repository are the same one', async () => {
  const person = makeSetupUser();
  const web = makeRepository(person, 'web');
  git(web, 'remote', 'add', 'origin', 'https://example.com/team/web.git');
  await init(person, web);
  commit(web, 'docket');
  git(person.base, 'clone', '--quiet', web, 'fork');
  const fork = join(person.base, 'fork');
  expect(await said(person, fork)).toEqual([undefined, undefined]);
  const rewritten = copyOf(person, web, 'rewritten');
  git(rewritten, 'remote', 'add', 'origin', 'git@example.com:team/web.git');
  expect(await said(person, rewritten)).toEqual([undefined, undefined]);
});

test('a list that was made before the first commit is tied to its repository later', async () => {
  const person = makeSetupUser();
  const template = join(person.base, 'template');
  mkdirSync(template);
  git(template, 'init', '--quiet', '--initial-branch=main');
  await init(person, template);
  commit(template, 'first');
  expect(await said(person, template)).toEqual([undefined, undefined]);
  const [check] = await said(person, copyOf(person, template, 'web'));
  expect(check?.message).toContain('belongs to another repository');
});

test('a repository inside a project uses its list as before', async () => {
  const person = makeSetupUser();
  const outer = makeRepository(person, 'outer');
  await init(person, outer);
  const inner = makeRepository(person, 'outer/inner');
  expect(await said(person, inner)).toEqual([undefined, undefined]);
});
