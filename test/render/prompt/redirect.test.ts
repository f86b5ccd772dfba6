import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskTools } from '../../../lib/model/task-tools.ts';
import { renderRedirect } from '../../../lib/render/prompt/redirect.ts';
import { allowedLine, heredocLine } from '../../../lib/render/text/shell-quote.ts';
import { nastyText } from '../nasty-text.ts';
import { createShell } from '../shell.ts';

type Input = Readonly<Record<string, unknown>>;

/** What follows the words that say why, as far as it is for a shell. */
function commandsOf(tool: string, input: Input): string {
  const text = renderRedirect(tool, input, { isAway: false });
  const [, commands = ''] = /Run instead:\n([\s\S]*)$/.exec(text) ?? [];
  const plan = /^docket plan <<'PLAN'\n[\s\S]*?\nPLAN$/m.exec(commands);
  if (plan) return plan[0];
  return commands
    .split('\n')
    .filter((line) => line.startsWith('docket '))
    .join('\n');
}

function plain(text: string): string {
  return text.replaceAll("'", '’').replaceAll('"', '”');
}

describe('what a call meant becomes a command', () => {
  test.for<[string, Input, string]>([
    [
      'TaskCreate',
      { subject: 'Fix it', description: 'Now' },
      "docket create 'Fix it' --description 'Now'",
    ],
    ['TaskCreate', { subject: 'Fix it', description: 'Fix it' }, "docket create 'Fix it'"],
    ['TaskCreate', { subject: "it's" }, 'docket create "it\'s"'],
    ['TaskCreate', { subject: '-Wall' }, "docket create -- '-Wall'"],
    [
      'TaskCreate',
      { subject: '--x', description: '--y' },
      "docket create --description='--y' -- '--x'",
    ],
    ['TaskCreate', {}, 'docket create TITLE'],
    ['TaskUpdate', { taskId: '1', status: 'in_progress' }, 'docket list\ndocket claim KEY'],
    [
      'TaskUpdate',
      { taskId: '1', status: 'completed' },
      'docket list\ndocket close KEY --outcome TEXT',
    ],
    ['TaskUpdate', { subject: 'New' }, "docket list\ndocket update KEY --title 'New'"],
    ['TaskUpdate', { status: 'constructor' }, 'docket list\ndocket show KEY'],
    ['TaskList', {}, 'docket list'],
    ['TaskGet', { taskId: '1' }, 'docket list\ndocket show KEY'],
    ['TodoWrite', { todos: [] }, 'docket list'],
    [
      'TodoWrite',
      { todos: [{ content: 'Only one', status: 'pending' }] },
      "docket create 'Only one'",
    ],
    [
      'TodoWrite',
      { todos: [{ content: 'One' }, { content: 'Two {"a"}' }] },
      "docket plan <<'PLAN'\n# One and 1 more\n- [ ] One\n- [ ] Two {”a”}\nPLAN",
    ],
  ])('%s %j', ([tool, input, commands]) => {
    expect(commandsOf(tool, input)).toBe(commands);
  });
});

test('while the database is away the plan belongs into the reply', () => {
  for (const tool of taskTools) {
    const text = renderRedirect(tool, { subject: 'x' }, { isAway: true });
    expect(text).toContain('Keep the plan in your reply');
    expect(text).not.toContain('docket create');
  }
});

test('TaskStop is no task tool: it stops work in the background', () => {
  expect(taskTools).toEqual(['TodoWrite', 'TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet']);
});

describe('a real shell', () => {
  test('creates exactly the task that was meant', () => {
    const shell = createShell();
    fc.assert(
      fc.property(nastyText, nastyText, (subject, description) => {
        const calls = shell(commandsOf('TaskCreate', { subject, description }));
        expect(calls).toHaveLength(1);
        const { verb, title, flags } = parse(calls[0]?.argv ?? []);
        expect(verb).toBe('create');
        if (/^[\w ]{1,200}$/.test(subject) && subject.trim() !== '') {
          expect(title).toBe(allowedLine(subject));
        }
        expect(title).not.toBe('');
        expect(Object.keys(flags).filter((name) => name !== 'description')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('plans exactly the steps that were meant, as lines of a checklist', () => {
    const shell = createShell();
    fc.assert(
      fc.property(fc.array(nastyText, { minLength: 2, maxLength: 8 }), (contents) => {
        const todos = contents.map((content) => ({ content, status: 'pending' }));
        const calls = shell(commandsOf('TodoWrite', { todos }));
        expect(calls).toHaveLength(1);
        const [{ argv, stdin } = { argv: [], stdin: '' }] = calls;
        if (argv[0] !== 'plan') return;
        const [heading, ...items] = stdin.trimEnd().split('\n');
        expect(heading).toMatch(/^# .* and \d+ more$/);
        for (const item of items) expect(item).toMatch(/^- \[ \] \S/);
        const simple = contents.filter((text) => /^[\w']{1,200}$/.test(text)).map(plain);
        for (const text of simple) expect(items).toContain(`- [ ] ${heredocLine(text)}`);
      }),
      { numRuns: 200 },
    );
  });

  test('renames exactly as was meant', () => {
    const shell = createShell();
    fc.assert(
      fc.property(nastyText, (subject) => {
        const calls = shell(commandsOf('TaskUpdate', { subject, status: 'pending' }));
        const verbs = calls.map(({ argv }) => argv[0]);
        expect(verbs.slice(0, 2)).toEqual(['list', 'release']);
        expect(verbs.slice(2).every((verb) => verb === 'update')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

/** As docket's command line reads it. */
function parse(argv: readonly string[]) {
  const [verb, ...rest] = argv;
  const flags: Record<string, string> = {};
  const positional: string[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (word === '--') {
      positional.push(...rest.slice(at + 1));
      break;
    }
    const [, name, value] = /^--([a-z]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) positional.push(word);
    else if (value !== undefined) flags[name] = value;
    else {
      flags[name] = rest[at + 1] ?? '';
      at += 1;
    }
  }
  expect(positional).toHaveLength(1);
  return { verb, title: positional[0] ?? '', flags };
}

test('a reason has no size to fear, and says what it left out', () => {
  const todos = Array.from({ length: 400 }, (_, index) => ({
    content: `${index} ${'🦄'.repeat(500)}`,
  }));
  const text = renderRedirect('TodoWrite', { todos }, { isAway: false });
  expect(text.length).toBeLessThan(10_000);
  const shown = text.match(/^- \[ \] /gm)?.length ?? 0;
  expect(text).toContain(`${400 - shown} more steps`);
});

test('no input of the wrong shape breaks it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...taskTools),
      fc.dictionary(
        fc.constantFrom('subject', 'description', 'status', 'todos', 'taskId', '__proto__'),
        fc.oneof(
          fc.anything(),
          fc.array(fc.anything()),
          fc.array(fc.record({ content: fc.anything() })),
        ),
      ),
      (tool, input) => {
        const text = renderRedirect(tool, input, { isAway: false });
        expect(text).toContain('Run instead:\ndocket ');
        expect(text.length).toBeLessThan(10_000);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      },
    ),
    { numRuns: 1_000 },
  );
});
