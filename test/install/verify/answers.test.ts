import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  type Answered,
  readAnswer,
  readHook,
  readRefusal,
} from '../../../lib/install/verify/answers.ts';
import { mustShowList } from '../../../lib/install/verify/shown-list.ts';

const Key = z.object({ key: z.string() });

function run(answer: unknown, exitCode: number | null = 0, stderr = ''): Answered {
  const stdout = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return { command: 'docket claim web-k3f9', milliseconds: 1, exitCode, stdout, stderr };
}

const error = { code: 'already_claimed', message: 'taken by bob', hint: 'docket ready' };

describe('a command that must succeed', () => {
  test('gives its data', () => {
    expect(readAnswer(Key, run({ data: { key: 'a', more: 1 } }))).toMatchObject({ key: 'a' });
  });

  test.each([
    [run({ error }, 4), 'docket claim web-k3f9: taken by bob', 'docket ready'],
    [run({ data: { key: 'a' } }, 1), 'docket claim web-k3f9 ended with exit code 1', undefined],
    [run('', 1, 'a\nno node\n'), 'docket claim web-k3f9 gives no JSON, exit code 1: no node'],
    [
      run({ data: { queued: { reason: 'it does not answer' } } }),
      'docket claim web-k3f9 was queued: it does not answer',
    ],
    [run('', null), 'docket claim web-k3f9 did not end in time'],
    [run({ data: { name: 'a' } }), 'docket claim web-k3f9 answers what this docket does not know'],
  ])('fails the phase with what went wrong', (given, message, next?: string) => {
    expect(() => readAnswer(Key, given)).toThrow(
      expect.objectContaining({ message, ...(next === undefined ? {} : { next }) }),
    );
  });
});

describe('a command that must be refused', () => {
  test('gives the reason', () => {
    expect(readRefusal('already_claimed', run({ error }, 4))).toBe('taken by bob');
  });

  test.each([
    [run({ data: {} }), /succeeded, and should have been refused: already_claimed/],
    [run({ error }, 1), /refused by already_claimed with exit code 1, and not .* with 4/],
    [run({ error: { ...error, code: 'not_found' } }, 3), /refused by not_found with exit code 3/],
  ])('fails the phase where it is not, or for another reason', (given, message) => {
    expect(() => readRefusal('already_claimed', given)).toThrow(message);
  });
});

describe('a hook', () => {
  const output = (hookSpecificOutput: unknown) => run({ hookSpecificOutput });

  test('says nothing, gives context, or denies in either of two forms', () => {
    expect(readHook(run(''))).toEqual({ context: '', denial: undefined, systemMessage: '' });
    expect(readHook(output({ additionalContext: 'a list' })).context).toBe('a list');
    const denial = { permissionDecision: 'deny', permissionDecisionReason: 'docket create' };
    expect(readHook(output(denial)).denial).toBe('docket create');
    const decision = { behavior: 'deny', message: 'docket list' };
    expect(readHook(output({ decision })).denial).toBe('docket list');
    expect(readHook(output({ decision: { behavior: 'allow' } })).denial).toBeUndefined();
  });

  test.each([
    [run('', 1, 'broken'), /ended with exit code 1: broken/],
    [run('', 0, 'a warning'), /ended with exit code 0: a warning/],
    [run('', null), /did not end in time/],
    [run('hello'), /gives something else than JSON/],
  ])('fails the phase where Claude Code would drop what it says', (given, message) => {
    expect(() => readHook(given)).toThrow(message);
  });
});

describe('a list that a hook must show', () => {
  const name = { id: '', slug: 'verify-1' };
  const said = (context: string) => ({ context, denial: undefined, systemMessage: '' });
  const block = (slug: string, ...lines: readonly string[]) =>
    said([`rules\n<docket workspace="${slug}" at="now">`, ...lines, '</docket>'].join('\n'));

  test('has the name and the words', () => {
    expect(() =>
      mustShowList(block('verify-1', '- verify-1-k3f9 P1 Wire'), name, 'k3f9'),
    ).not.toThrow();
  });

  test.each([
    [said('no changes'), 'the hook shows no list'],
    [block('web'), 'the hook shows another list'],
    [block('verify-1', 'The docket database is away. This is ...'), /the last list that it knew/],
    [block('verify-1'), 'the list that the hook shows lacks k3f9'],
  ])('fails the phase where it is another, an old one, or lacks them', (given, message) => {
    expect(() => mustShowList(given, name, 'k3f9')).toThrow(message);
  });
});
