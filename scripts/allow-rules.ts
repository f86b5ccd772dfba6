/** Renders settings.template.json, whose allow rules follow from the catalogue of operations. */
import { readFileSync } from 'node:fs';
import { aliases, commands } from '../cli/catalogue.ts';
import { isForSessions } from '../lib/access/permissions.ts';
import { catalogue } from '../lib/operations/catalogue.ts';
import type { Verb } from '../lib/operations/operation.ts';

const template = new URL('../settings.template.json', import.meta.url);

/** Renders `settings.template.json`: its text, with the allow rules of the catalogue. */
export async function renderSettingsTemplate(): Promise<string> {
  const settings = JSON.parse(readFileSync(template, 'utf8'));
  const permissions = { ...settings.permissions, allow: await allowRules() };
  return `${JSON.stringify({ ...settings, permissions }, null, 2)}\n`;
}

/**
 * Lists the rules of all verbs that Claude Code runs without asking: those that are not for people.
 */
async function allowRules(): Promise<readonly string[]> {
  const verbs = await Promise.all(Object.values(catalogue).map((load): Promise<Verb> => load()));
  const named = Map.groupBy(verbs, ({ name }) => name.split('.')[0] ?? name);
  // The others are flags of a command.
  const typed = [...named].filter(([name]) => commands.has(name));
  return typed.flatMap(([command, ofCommand]) => {
    const allowed = ofCommand.filter(({ access }) => isForSessions(access));
    const isWhole = allowed.length === ofCommand.length;
    const words = isWhole ? namesOf(command) : allowed.map(({ name }) => name.replace('.', ' '));
    return words.map((word) => `Bash(docket ${word} *)`);
  });
}

function namesOf(command: string): readonly string[] {
  const others = Object.entries(aliases).flatMap(([alias, of]) => (of === command ? [alias] : []));
  return [command, ...others];
}
