import { DocketError } from '../model/errors.ts';
import { findNearest } from '../model/nearest.ts';
import { catalogue } from './catalogue.ts';
import type { Operation } from './operation.ts';

/** Finds the operation on a list that has this name. @throws DocketError `usage` */
export async function findOperation(name: string): Promise<Operation<unknown, unknown>> {
  const operations = new Map<string, () => Promise<object>>(Object.entries(catalogue));
  const verb = await operations.get(name)?.();
  if (verb !== undefined && isOperation(verb)) return verb;
  if (verb !== undefined) {
    throw new DocketError('usage', `${JSON.stringify(name)} is a command, not an operation`, {
      hint: `docket ${name}`,
    });
  }
  const known = await findNames();
  const nearest = findNearest(String(name), known);
  throw new DocketError('usage', `there is no operation ${JSON.stringify(name)}`, {
    hint: nearest === undefined ? `One of: ${known.join(', ')}` : `Did you mean ${nearest}?`,
  });
}

/** Finds the names of all operations on a list. The verbs that set docket up are not among them. */
async function findNames(): Promise<readonly string[]> {
  const verbs = await Promise.all(
    Object.entries(catalogue).map(async ([name, load]) => ({ name, verb: await load() })),
  );
  return verbs.filter(({ verb }) => 'run' in verb).map(({ name }) => name);
}

function isOperation(verb: object): verb is Operation<unknown, unknown> {
  return 'run' in verb;
}
