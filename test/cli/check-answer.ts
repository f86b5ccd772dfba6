import { expect } from 'vitest';
import * as z from 'zod/mini';
import { aliases } from '../../cli/catalogue.ts';
import { CachedList } from '../../lib/model/answers/cached-list.ts';
import { QueuedAnswer } from '../../lib/model/answers/queued.ts';
import { HelpAnswer, VersionAnswer } from '../../lib/model/answers/set-up.ts';
import { TemplateList } from '../../lib/model/answers/template.ts';
import { catalogue } from '../../lib/operations/catalogue.ts';
import type { Verb } from '../../lib/operations/operation.ts';

const Success = z.object({ schemaVersion: z.literal(1), data: z.unknown() });

/** Expects that an answer with `--json` has the fields that its schema says, and no others. */
export async function checkAnswer(argv: readonly string[], stdout: string): Promise<void> {
  const end = argv.indexOf('--');
  if (!(end === -1 ? argv : argv.slice(0, end)).includes('--json')) return;
  const { success, data: document } = z.safeParse(Success, JSON.parse(stdout));
  if (!success || !('data' in document)) return;
  const isQueued = z.safeParse(QueuedAnswer, document.data).success;
  const known = z.parse(isQueued ? QueuedAnswer : await schemaOf(argv), document.data);
  expect(known).toEqual(document.data);
}

async function schemaOf(argv: readonly string[]): Promise<z.core.$ZodType> {
  const words = argv.filter((word) => word !== '--json');
  if (words[0] === 'help' || words.some(isHelp)) return HelpAnswer;
  if (words[0] === '--version') return VersionAnswer;
  if (words.includes('--cached')) return CachedList;
  if (words.includes('--templates')) return TemplateList;
  return (await findVerb(words)).answer();
}

/** Finds the verb of the catalogue that a command line means. */
export async function findVerb([
  first = 'overview',
  second = '',
]: readonly string[]): Promise<Verb> {
  const name = aliases[first] ?? first;
  const load = entry(`${name}.${second}`) ?? entry(name) ?? entry(`${name}.list`);
  if (load === undefined) throw new Error(`docket ${first} ${second} is in no catalogue`);
  return load();
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function entry(name: string) {
  return new Map(Object.entries(catalogue)).get(name);
}
