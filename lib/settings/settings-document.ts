import { DocketError } from '../model/errors.ts';
import { broken, type JsonContainer, type JsonNode, scanJson } from './json-scan.ts';
import { isRecord } from './json-value.ts';
import { isOwnHook, permissionLists } from './own-entries.ts';

export type Path = readonly (string | number)[];

/** A settings file whose shape was checked as far as docket relies on it. */
export interface SettingsDocument {
  readonly text: string;
  readonly name: string;
  readonly root: JsonContainer;
}

/**
 * Parses a settings file, which messages call `name`. What docket does not write to may have any
 * shape. Of the `events` that it writes to, as of "hooks", each may also be there and hold nothing:
 * Claude Code passes over `null`, or an empty container of the wrong kind.
 */
export function readSettings(
  text: string,
  name: string,
  events: readonly string[] = [],
): SettingsDocument {
  const root = scanJson(text, name);
  const document = { text, name, root: container(root, 'object', [], name) };
  requireUnique(document, document.root, ['hooks', 'permissions']);
  for (const path of [['hooks'], ['permissions']]) {
    const found = containerAt(document, path);
    if (found !== undefined) requireUnique(document, found);
  }
  optional(document, ['hooks'], 'object', { orNothing: true });
  for (const event of events) optional(document, ['hooks', event], 'array', { orNothing: true });
  optional(document, ['permissions'], 'object');
  for (const list of permissionLists) {
    optional(document, ['permissions', list], 'array');
  }
  return document;
}

/** Refuses keys that are there twice where docket writes: an edit to either would mislead. */
function requireUnique(
  { text, name }: SettingsDocument,
  { children }: JsonContainer,
  keys?: readonly string[],
): void {
  const seen = new Set<string>();
  for (const { key, start } of children) {
    if (key === undefined || keys?.includes(key) === false) continue;
    if (seen.has(key)) {
      throw broken({ text, name }, start, `the key ${JSON.stringify(key)} is there twice`);
    }
    seen.add(key);
  }
}

/** Finds the container at a path. */
export function containerAt(document: SettingsDocument, path: Path): JsonContainer | undefined {
  const node = nodeAt(document, path);
  return node?.kind === 'scalar' ? undefined : node;
}

/** Gives the items of the array at a path as plain values; none when there is no such array. */
export function itemsAt(document: SettingsDocument, path: Path): readonly unknown[] {
  const found = containerAt(document, path);
  return found?.kind === 'array' ? JSON.parse(textOf(document, found)) : [];
}

/** Gives the text of a container, as written. */
export function textOf(document: SettingsDocument, node: JsonNode): string {
  return document.text.slice(node.start, node.end);
}

/** Lists the events that have hooks, in the file's order. */
export function eventsOf(document: SettingsDocument): readonly string[] {
  return (containerAt(document, ['hooks'])?.children ?? []).map((child) => child.key ?? '');
}

/**
 * Lists the hooks of a group; none when it lacks the shape of a group, which is its owner's matter.
 */
export function hooksOf(group: unknown): readonly unknown[] {
  return isRecord(group) && Array.isArray(group.hooks) ? group.hooks : [];
}

/** Whether docket is installed in this file: one of its hooks is there. */
export function hasOwnHook(document: SettingsDocument): boolean {
  return eventsOf(document).some((event) =>
    itemsAt(document, ['hooks', event]).some((group) => hooksOf(group).some(isOwnHook)),
  );
}

/** Whether a value is there and holds nothing. */
export function isNothing(document: SettingsDocument, node: JsonNode): boolean {
  return node.kind === 'scalar' ? textOf(document, node) === 'null' : node.children.length === 0;
}

function optional(
  document: SettingsDocument,
  path: Path,
  kind: 'object' | 'array',
  { orNothing = false } = {},
): void {
  const node = nodeAt(document, path);
  if (node === undefined || (orNothing && isNothing(document, node))) return;
  container(node, kind, path, document.name);
}

/** Finds the value at a path; of a key that is there twice, the last one counts. */
export function nodeAt(document: SettingsDocument, path: Path): JsonNode | undefined {
  let node: JsonNode | undefined = document.root;
  for (const step of path) {
    const children: JsonContainer['children'] =
      node?.kind === 'scalar' ? [] : (node?.children ?? []);
    node = children.findLast((child, index) => (child.key ?? index) === step)?.value;
  }
  return node;
}

function container(
  node: JsonNode,
  kind: 'object' | 'array',
  path: Path,
  name: string,
): JsonContainer {
  if (node.kind === kind) {
    return node;
  }
  const article = kind === 'object' ? 'an object' : 'an array';
  const where = path.length === 0 ? 'its top level' : path.join('.');
  throw new DocketError('invalid_settings', `${name}: ${where} is not ${article}`, {
    hint: 'Mend it by hand, then run this again.',
  });
}
