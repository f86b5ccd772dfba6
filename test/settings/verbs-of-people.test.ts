import { expect, test } from 'vitest';
import { commands } from '../../cli/catalogue.ts';
import { isNoun } from '../../cli/command/command.ts';
import { isForSessions } from '../../lib/access/permissions.ts';
import { isOwnRule } from '../../lib/settings/own-entries.ts';

test('a rule is docket’s own where the catalogue lets sessions run some of the command', async () => {
  for (const [name, load] of commands) {
    const { command } = await load();
    const verbs = isNoun(command) ? Object.values(command.verbs) : [command];
    const isForSome = verbs.some(({ verb }) => isForSessions(verb.access));
    expect([name, isOwnRule('allow', `Bash(docket ${name} *)`)]).toEqual([name, isForSome]);
  }
});
