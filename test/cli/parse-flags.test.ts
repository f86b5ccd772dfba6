import { expect, test } from 'vitest';
import type { Command } from '../../cli/command/command.ts';
import { parseFlags } from '../../cli/command/parse-flags.ts';

const command: Pick<Command, 'args' | 'flags' | 'usage'> = {
  usage: 'KEY [TEXT]',
  args: { min: 1, max: 2 },
  flags: {
    text: { type: 'string', description: '' },
    kind: { type: 'string', choices: ['a', 'b'], list: true, description: '' },
    title: { type: 'string', multiple: true, description: '' },
    force: { type: 'boolean', description: '' },
  },
};

function parse(...argv: readonly string[]) {
  return parseFlags('verb', command, argv);
}

test('flags have the values that their declaration says', () => {
  const { args, flags } = parse('k', '--text=x', '--kind', 'a, b', '--title', 'a,b', '--force');
  expect(args).toEqual(['k']);
  expect(flags).toMatchObject({ text: 'x', kind: ['a', 'b'], title: ['a,b'], force: true });
});

test.for([
  ['-p', '1', '-d', 'x', '-t', 'a'],
  ['-p1', '-dx', '-ta'],
  ['-p=1', '-d=x', '-t=a'],
])('%j are the short forms of flags, where a command has them', (words) => {
  const flags: Command['flags'] = {
    priority: { type: 'string', choices: ['1', '2'], value: 'P', description: '' },
    description: { type: 'string', description: '' },
    type: { type: 'string', choices: ['a', 'b'], description: '' },
  };
  const short = (...argv: readonly string[]) => parseFlags('verb', { ...command, flags }, argv);
  expect(short('k', ...words)).toMatchObject({
    args: ['k'],
    flags: { priority: '1', description: 'x', type: 'a' },
  });
  expect(short('k', '-d', '- item', '-p', '2').flags).toMatchObject({ description: '- item' });
  expect(() => short('k', '-p', '9')).toThrow('-p: "9" is not allowed');
  expect(() => short('k', '-p', '-t')).toThrow(
    expect.objectContaining({
      message: '-p needs a value',
      hint: '-p P, or --priority=P where it begins with --',
    }),
  );
  expect(() => parse('k', '-p', '1')).toThrow('docket verb has no flag -p');
});

test('what is not given is undefined, false or an empty list', () => {
  const { flags } = parse('k');
  expect(flags).toEqual({
    text: undefined,
    kind: [],
    title: [],
    force: false,
    json: false,
    database: undefined,
    help: false,
  });
});

test('repeated values are collected; of a single one the last counts', () => {
  const { flags } = parse('k', '--title', 'a', '--title', 'b', '--text', 'x', '--text', 'y');
  expect(flags).toMatchObject({ title: ['a', 'b'], text: 'y' });
});

test.for(['- item', '-5', '-', '-→ arrow', '- [ ] box'])('%j is text, not a flag', (text) => {
  expect(parse('k', text).args).toEqual(['k', text]);
  expect(parse('k', '--text', text).flags.text).toBe(text);
  expect(parse('k', `--text=${text}`).flags.text).toBe(text);
});

test('an empty value is a value', () => {
  expect(parse('k', '--text', '').flags.text).toBe('');
});

const after = 'Text that begins with - goes after --';
const valued = '--text VALUE, or --text=VALUE where it begins with --';

test.for(['-item', '--item', '--no luck with the login'])('%j is text after --', (text) => {
  expect(parse('k', '--', text).args).toEqual(['k', text]);
  expect(parse('k', `--text=${text}`).flags.text).toBe(text);
});

test.for<[string, readonly string[], string, string | undefined]>([
  [
    'an unknown flag',
    ['k', '--forse'],
    'docket verb has no flag --forse',
    `Did you mean --force? ${after}`,
  ],
  [
    'a strange flag',
    ['k', '--zzzzzz'],
    'docket verb has no flag --zzzzzz',
    `docket verb --help. ${after}`,
  ],
  [
    'an unknown short flag',
    ['k', '-x'],
    'docket verb has no flag -x',
    `docket verb --help. ${after}`,
  ],
  ['a name of Object', ['k', '--constructor'], 'docket verb has no flag --constructor', undefined],
  ['a missing value', ['k', '--text'], '--text needs a value', valued],
  ['a flag for a value', ['k', '--text', '--force'], '--text needs a value', valued],
  ['a value too many', ['k', '--force=yes'], '--force takes no value', undefined],
  ['a bad choice', ['k', '--kind', 'a,c'], '--kind: "c" is not allowed', 'One of: a, b'],
  ['no argument', [], 'docket verb needs an argument', 'docket verb KEY [TEXT]'],
  ['a third argument', ['a', 'b', 'c'], 'docket verb: unexpected argument "c"', undefined],
])('%s is a usage error', ([, argv, message, hint]) => {
  const error = expect.objectContaining({
    code: 'usage',
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  expect(() => parse(...argv)).toThrow(error);
});

test('--help is answered whatever else is missing', () => {
  expect(parse('--help').flags.help).toBe(true);
  expect(parse('-h').flags.help).toBe(true);
});
