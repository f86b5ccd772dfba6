import { DocketError } from '../lib/model/errors.ts';
import { findNearest } from '../lib/model/nearest.ts';
import type { Command } from './command.ts';

/** A command that is a thing with verbs of its own: `docket client add`. */
export interface Noun {
  readonly summary: string;
  readonly verbs: Readonly<Record<string, Command>>;
}

export function isNoun(command: Command | Noun): command is Noun {
  return 'verbs' in command;
}

/** @throws DocketError `usage` */
export function findVerb(name: string, { verbs }: Noun, word: string | undefined): Command {
  const known = Object.keys(verbs);
  const verb = word === undefined || !Object.hasOwn(verbs, word) ? undefined : verbs[word];
  if (verb !== undefined) return verb;
  const nearest = word === undefined ? undefined : findNearest(word, known);
  const what =
    word === undefined
      ? `docket ${name} needs a verb`
      : `docket ${name} has no verb ${JSON.stringify(word)}`;
  throw new DocketError('usage', what, {
    hint:
      nearest === undefined
        ? `One of: ${known.join(', ')}; docket ${name} --help`
        : `Did you mean docket ${name} ${nearest}?`,
  });
}
