import { expect, test } from 'vitest';
import { commands } from '../../../cli/catalogue.ts';
import { isNoun } from '../../../cli/command/command.ts';
import { parseFlags } from '../../../cli/command/parse-flags.ts';
import { renderRedirect } from '../../../lib/render/prompt/redirect.ts';
import { rulesOfUse } from '../../../lib/render/prompt/rules.ts';

/** `docket VERB ...` as the rules word it: flags in brackets are offered, quoted text is one word. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const found = text.matchAll(
    /docket ([a-z]+)((?: (?:--[a-z-]+|'[^']*'|[A-Z]+)| \(--[a-z-]+ [^,)]*)*)/g,
  );
  return [...found].map(([, verb = '', rest = '']) => [
    verb,
    ...[...rest.matchAll(/--[a-z-]+|'[^']*'|[A-Z]+/g)].map(([word]) => word.replaceAll("'", '')),
  ]);
}

const taught = [
  ...commandsIn(rulesOfUse),
  ...commandsIn(renderRedirect('TaskUpdate', { status: 'completed' }, { isAway: false })),
  ...commandsIn(renderRedirect('TaskUpdate', { status: 'deleted' }, { isAway: false })),
];

test('the rules teach the verbs that work takes', () => {
  const verbs = taught.map(([verb]) => verb);
  expect(verbs).toEqual(
    expect.arrayContaining(['ready', 'create', 'claim', 'plan', 'note', 'link', 'block', 'close']),
  );
});

test.each(taught)(
  'what a session is taught is what the command takes: docket %s %s %s %s',
  async (...words) => {
    const [verb = '', ...argv] = words.filter((word) => word !== undefined);
    expect([...commands.keys()]).toContain(verb);
    const command = (await commands.get(verb)?.())?.command;
    if (command === undefined || isNoun(command)) throw new Error(`docket ${verb} is no verb`);
    // Prose names a verb alone, too.
    if (argv.length === 0) return;
    const { args, flags } = parseFlags(verb, command, argv);
    const given = Object.entries(flags).filter(
      ([, value]) => value !== undefined && value !== false,
    );
    const named = argv.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
    expect(given.map(([name]) => name)).toEqual(expect.arrayContaining(named));
    expect(argv).toEqual(expect.arrayContaining([...args]));
  },
);
