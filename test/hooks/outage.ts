import { expect } from 'vitest';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import type { HookUser } from './hook-user.ts';

/** A person who was shown a list with one task, in sessions a and b. */
export async function showList(person: HookUser): Promise<string> {
  const { task } = await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
  for (const session of ['session-a', 'session-b']) {
    expect((await person.prompt(session)).context).toContain(`- ${task.key} P2 Wire the valve`);
  }
  return task.key;
}

/**
 * Expects what every outage must come to: the last list, whole and labelled with its age, on every
 * prompt; the person told once a session; and after the first failure a breaker.
 */
export async function expectOutage(person: HookUser, reason: RegExp): Promise<void> {
  const stale =
    /\nThe docket database is away\. This is the list of under a minute ago(?: with what commands here have changed since)?;/;
  const first = await person.prompt('session-a');
  expect(first.context).toMatch(stale);
  expect(first.context).toContain('P2 Wire the valve');
  expect(first.systemMessage).toMatch(/^docket: the task database cannot be used: /);
  expect(first.systemMessage).toMatch(reason);
  expect(first.systemMessage).toContain('docket doctor says more.');
  expect(person.readState('breakers')).toMatchObject({ pause: 5_000 });
  person.holdPause();

  const second = await person.prompt('session-a');
  expect(second.context).toMatch(stale);
  expect(second.systemMessage).toBeUndefined();

  const another = await person.prompt('session-b');
  expect(another.context).toMatch(stale);
  expect(another.systemMessage).toMatch(reason);
  expect((await person.prompt('session-b')).systemMessage).toBeUndefined();
  // The breaker was open: nobody tried again.
  expect(person.readState('breakers')).toMatchObject({ pause: 5_000 });

  const denied = await person.say('pre-tool-use', { tool_name: 'TaskCreate' });
  expect(denied.deny).toContain('Keep the plan in your reply');
  expect(person.log()).toBe('');
}

/** Expects the end of it: the list whole, and the person told once a session. */
export async function expectBack(person: HookUser): Promise<void> {
  for (const session of ['session-a', 'session-b']) {
    const back = await person.prompt(session);
    expect(back.context).toContain('\nShared task list');
    expect(back.context).toContain('P2 Wire the valve');
    expect(back.systemMessage).toBe('docket: the task database is back.');
    const next = await person.prompt(session);
    expect(next.systemMessage).toBeUndefined();
    expect(next.context).toContain('no changes');
  }
  expect(person.readState('breakers')).toBeUndefined();
}

/** Expects a person who never saw a list to be told once, and the model not to be bothered. */
export async function expectOutageWithoutList(person: HookUser, reason: RegExp): Promise<void> {
  const first = await person.prompt('session-a');
  expect(first.context).toBeUndefined();
  expect(first.systemMessage).toMatch(reason);
  expect(first.systemMessage).toContain('Prompts carry no task list');
  expect(await person.prompt('session-a')).toEqual({});
}
