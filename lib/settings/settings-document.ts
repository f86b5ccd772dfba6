import { DocketError } from '../model/errors.ts';
import { type JsonContainer, type JsonNode, scanJson } from './json-scan.ts';
import { isRecord } from './json-value.ts';
import { isOwnHook, permissionLists } from './own-entries.ts';

export type Path = readonly (string | number)[];

/** A settings file whose shape was checked as far as docket relies on it. */
export interface SettingsDocument {
  readonly text: string;
  readonly name: string;
  readonly root: JsonContainer;
}

/** Parses a settings file, which messages call `name`. */
export function readSettings(text: string, name: string): SettingsDocument {
  const document = { text, name, root: container(scanJson(text, name), 'object', [], name) };
  const hooks = optional(document, ['hooks'], 'object');
  for (const event of hooks?.children ?? []) {
    container(event.value, 'array', ['hooks', event.key ?? ''], name);
  }
  optional(document, ['permissions'], 'object');
  for (const list of permissionLists) {
    optional(document, ['permissions', list], 'array');
  }
  return document;
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

function optional(
  document: SettingsDocument,
  path: Path,
  kind: 'object' | 'array',
): JsonContainer | undefined {
  const node = nodeAt(document, path);
  return node && container(node, kind, path, document.name);
}

function nodeAt(document: SettingsDocument, path: Path): JsonNode | undefined {
  let node: JsonNode | undefined = document.root;
  for (const step of path) {
    const children: JsonContainer['children'] =
      node?.kind === 'scalar' ? [] : (node?.children ?? []);
    node = children.find((child, index) => (child.key ?? index) === step)?.value;
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
