import { join } from 'node:path';
import { DocketError } from '../model/errors.ts';
import { findNearest } from '../model/nearest.ts';
import { eventVerbs } from '../model/task/event-verbs.ts';
import { taskTypes } from '../model/task/types.ts';
import { requirePrivate } from './credentials.ts';
import { isOwnPlace } from './own-place.ts';
import { configFolder, type Env } from './paths.ts';
import { readJson } from './read-json.ts';
import { requireRecord, requireText, wrong } from './require-shape.ts';
import type { Context } from './resolve.ts';

/** Which events a target is sent: each list that is given must have the event's value. */
export type TargetFilter = Readonly<Record<(typeof filters)[number], readonly string[] | null>>;

/** A place that events are sent to. */
export interface NotifyTarget {
  readonly name: string;
  /** The whole address. It can be a secret, as Slack's are: people are shown its origin. */
  readonly url: URL;
  /** Each `whsec_` and a key in base64, by each of which is signed what is sent. */
  readonly secrets: readonly string[];
  readonly format: 'json' | 'slack';
  /** Whether it may lie in a private network, or on this machine. */
  readonly isPrivate: boolean;
  readonly only: TargetFilter;
}

const filters = ['lists', 'verbs', 'clients', 'projects', 'types'] as const;
const fields = ['url', 'secret', 'format', 'private', ...filters];

/** The variable that holds the same JSON as the file, and counts before it. */
const variable = 'DOCKET_NOTIFY_TARGETS';

export function notifyFile(env: Env): string {
  return join(configFolder(env), 'notify.json');
}

/** The form of the file, which errors show. */
const form =
  '{"targets": {"ops": {"url": "https://hooks.example.com/docket", "secret": "whsec_..."}}}';

/**
 * Reads the person's targets: where events go is no project's word, so no file of a repository
 * counts. Errors repeat neither an address nor a secret.
 *
 * @throws DocketError `invalid_config`: there are none, or they have another form; `not_trusted`:
 * the file lies in a project
 */
export function readTargets(env: Env, context: Context): readonly NotifyTarget[] {
  const given = env[variable];
  if (given) return parseTargets(parseJson(given), variable);
  const path = notifyFile(env);
  if (!isOwnPlace(path, context, env)) {
    throw new DocketError(
      'not_trusted',
      `${path} does not count, as the project could have made it`,
    );
  }
  const targets = readJson(path, parseTargets, { isSecret: true });
  if (targets === undefined) {
    throw new DocketError('invalid_config', `there is nobody to tell: ${path} is missing`, {
      hint: `Its form is ${form}, its mode 0600; docs/notify.md says more`,
    });
  }
  requirePrivate(path);
  return targets;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(variable, 'is not valid JSON');
  }
}

/** @throws DocketError `invalid_config` */
export function parseTargets(value: unknown, file: string): readonly NotifyTarget[] {
  const { targets, ...others } = requireRecord(value, file);
  refuseOthers(others, [], file);
  const entries = Object.entries(requireRecord(targets, `${file}: targets`));
  if (entries.length === 0) throw wrong(`${file}: targets`, 'has none');
  return entries.map(([name, entry]) => parseTarget(name, entry, `${file}: targets`));
}

function parseTarget(name: string, value: unknown, file: string): NotifyTarget {
  // It becomes the name of a file.
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    throw wrong(file, 'has a name that is not 1 to 32 of a-z, 0-9 and -');
  }
  const what = `${file}.${name}`;
  const entry = requireRecord(value, what);
  refuseOthers(entry, fields, what);
  const format = entry.format ?? 'json';
  if (format !== 'json' && format !== 'slack') throw wrong(`${what}.format`, 'is json or slack');
  const isPrivate = entry.private ?? false;
  if (typeof isPrivate !== 'boolean') throw wrong(`${what}.private`, 'is true or false');
  const secrets = parseSecrets(entry.secret, `${what}.secret`);
  if (secrets.length === 0 && format === 'json') {
    throw wrong(what, 'has no secret: who receives it could not tell it from a forged one');
  }
  return {
    name,
    url: parseAddress(requireText(entry.url, `${what}.url`), { what: `${what}.url`, isPrivate }),
    ...{ secrets, format, isPrivate },
    only: parseFilter(entry, what),
  };
}

function refuseOthers(
  entry: Readonly<Record<string, unknown>>,
  known: readonly string[],
  what: string,
): void {
  const other = Object.keys(entry).find((name) => !known.includes(name));
  if (other === undefined) return;
  const nearest = findNearest(other, [...known]);
  const hint = nearest === undefined ? `Its form is ${form}` : `Did you mean "${nearest}"?`;
  throw new DocketError('invalid_config', `${what} has no field ${JSON.stringify(other)}`, {
    hint,
  });
}

function parseAddress(
  text: string,
  { what, isPrivate }: { readonly what: string; readonly isPrivate: boolean },
): URL {
  if (!URL.canParse(text)) throw wrong(what, 'is not an address');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw wrong(what, 'has a user or a password');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isPrivate)) return url;
  throw wrong(what, 'is not https, which only an address with "private": true may do without');
}

/** One secret, or while a receiver changes to a new one the new and the old. */
function parseSecrets(value: unknown, what: string): readonly string[] {
  if (value === undefined) return [];
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const secrets = given.filter((each) => typeof each === 'string' && isSecret(each));
  if (given.length === 0 || given.length > mostSecrets) {
    throw wrong(what, `is one secret, or a list of ${mostSecrets} at most`);
  }
  if (secrets.length === given.length) return secrets as readonly string[];
  throw wrong(what, 'is not whsec_ and 24 to 64 bytes in base64');
}

/** Secrets of one target: a new one, and those that its receivers may know still. */
const mostSecrets = 4;

/** The key has the length that the Standard Webhooks specification asks for. */
function isSecret(text: string): boolean {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const { length } = Buffer.from(base64, 'base64');
  return length >= 24 && length <= 64;
}

function parseFilter(entry: Readonly<Record<string, unknown>>, what: string): TargetFilter {
  const parsed = filters.map((name) => [name, parseWords(entry[name], `${what}.${name}`)] as const);
  const filter = Object.fromEntries(parsed) as TargetFilter;
  requireKnown(filter.verbs, { known: eventVerbs, what: `${what}.verbs` });
  requireKnown(filter.types, { known: taskTypes, what: `${what}.types` });
  return filter;
}

/** Refuses a word that can match nothing. */
function requireKnown(
  words: readonly string[] | null,
  { known, what }: { readonly known: readonly string[]; readonly what: string },
): void {
  const unknown = words?.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  throw wrong(what, `has ${JSON.stringify(unknown)}, which is none of ${known.join(', ')}`);
}

function parseWords(value: unknown, what: string): readonly string[] | null {
  if (value === undefined) return null;
  const words: readonly unknown[] = Array.isArray(value) ? value : [];
  const texts = words.filter((word) => typeof word === 'string');
  if (texts.length > 0 && texts.length === words.length) return texts;
  throw wrong(what, 'is not a list of words');
}
