import { describe, expect, test } from 'vitest';
import { findHookContext } from '../../lib/briefing/hook-context.ts';
import { briefPrompt } from '../../lib/briefing/prompt-briefing.ts';
import { briefSessionStart } from '../../lib/briefing/session-start.ts';
import { stateFolder } from '../../lib/config/paths.ts';
import { readSession } from '../../lib/state/session-state.ts';
import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';

const session = 'de24e8d7-0a49-43b9-b73b-2bb3dfcf8dd8';

/** A session of Alice's in Claude Code, and Bob's beside it. */
function openSessions() {
  const harness = openCliHarness();
  const alice = harness.with({ env: { CLAUDE_CODE_SESSION_ID: session } });
  const bob = harness.with({
    env: { DOCKET_ACTOR: 'bob', CLAUDE_CODE_SESSION_ID: '3f2a1111-0a49-43b9-b73b-2bb3dfcf8dd8' },
  });
  return { harness, alice, bob, hook: hookOf(harness), env: alice.env };
}

function hookOf({ project, env }: CliHarness) {
  const hook = findHookContext({ session_id: session, cwd: project }, env);
  if (hook === undefined) throw new Error('the project has no list');
  return hook;
}

describe('when another session finishes what a task of this one waits for', () => {
  test('the person is told at the next prompt, once, and the model as always', async () => {
    const { alice, bob, hook, env } = openSessions();
    const needed = await bob.create('Rotate the signing key');
    const own = await alice.create('Deploy', '--needs', needed);
    await briefPrompt(hook, { env, now: Date.now(), isStart: true });
    await bob.text('claim', needed);
    const claimed = await briefPrompt(hook, { env, now: Date.now() });
    expect(claimed?.systemMessage).toBeUndefined();
    await bob.text('close', needed, '--outcome', 'Done');
    const told = await briefPrompt(hook, { env, now: Date.now() });
    expect(told?.systemMessage).toBe(
      `docket: bob#3f2a finished ${needed} Rotate the signing key; ${own} Deploy is ready`,
    );
    expect(told?.context).toContain(`${own} P2 Deploy`);
    expect(readSession(stateFolder(env), session).awaited).toBeUndefined();
    await bob.create('Something else');
    const later = await briefPrompt(hook, { env, now: Date.now() });
    expect(later?.systemMessage).toBeUndefined();
  });

  test('a step of its plan counts, and one that waits for more is not told of yet', async () => {
    const { alice, bob, hook, env } = openSessions();
    const [one, two] = [await bob.create('One'), await bob.create('Two')];
    const own = await alice.create('Deploy', '--needs', one);
    await alice.text('link', own, two);
    await briefPrompt(hook, { env, now: Date.now(), isStart: true });
    await bob.text('close', one, '--outcome', 'Done');
    const first = await briefPrompt(hook, { env, now: Date.now() });
    expect(first?.systemMessage).toBeUndefined();
    await bob.text('cancel', two, '--reason', 'Not needed');
    const second = await briefPrompt(hook, { env, now: Date.now() });
    expect(second?.systemMessage).toBe(
      `docket: bob#3f2a cancelled ${two} Two; ${own} Deploy is ready`,
    );
  });

  test('what the session finishes itself is not told of, nor tasks of others', async () => {
    const { alice, bob, hook, env } = openSessions();
    const [needed, other] = [await alice.create('One'), await bob.create('Two')];
    await alice.create('Deploy', '--needs', needed);
    await bob.create('Of Bob', '--needs', other);
    await briefPrompt(hook, { env, now: Date.now(), isStart: true });
    await alice.text('close', needed, '--outcome', 'Done');
    await bob.text('close', other, '--outcome', 'Done');
    const answer = await briefPrompt(hook, { env, now: Date.now() });
    expect(answer?.systemMessage).toBeUndefined();
    expect(readSession(stateFolder(env), session).awaited).toBeUndefined();
  });

  test('many are told in one line, which says what it leaves out', async () => {
    const { alice, bob, hook, env } = openSessions();
    const needed = await bob.create('One');
    for (const title of ['A', 'B', 'C', 'D', 'E']) await alice.create(title, '--needs', needed);
    await briefPrompt(hook, { env, now: Date.now(), isStart: true });
    await bob.text('close', needed, '--outcome', 'Done');
    const answer = await briefPrompt(hook, { env, now: Date.now() });
    expect(answer?.systemMessage?.match(/ is ready/g)).toHaveLength(3);
    expect(answer?.systemMessage).toMatch(/\. \+2 more: docket ready$/);
  });
});

describe('a session that begins', () => {
  async function begin(
    { hook, env }: ReturnType<typeof openSessions>,
    source: string,
    more: Record<string, string> = {},
  ) {
    const options = { env: { ...env, ...more }, now: Date.now(), source, binFolder: '/nowhere' };
    return (await briefSessionStart(hook, options)).systemMessage;
  }

  test('tells the person how the list stands, where they begin, and they alone', async () => {
    const sessions = openSessions();
    const { bob } = sessions;
    await bob.create('One');
    expect(await begin(sessions, 'startup')).toBe('docket web: 1 ready');
    await bob.text('claim', '--next');
    for (const source of ['startup', 'resume', 'clear']) {
      expect(await begin(sessions, source)).toBe('docket web: 1 in progress');
    }
    for (const source of ['compact', 'fork']) {
      expect(await begin(sessions, source)).toBeUndefined();
    }
    // In print mode nobody reads it.
    const unattended = { CLAUDE_CODE_SESSION_ATTENDED: '0' };
    expect(await begin(sessions, 'startup', unattended)).toBeUndefined();
  });

  test('says nothing of an empty list', async () => {
    const sessions = openSessions();
    expect(await begin(sessions, 'startup')).toBeUndefined();
  });
});
