import { appendChildren, layoutOf, type NewChild, removeChildren, splice } from './json-edit.ts';
import {
  containerAt,
  isNothing,
  nodeAt,
  type Path,
  readSettings,
  type SettingsDocument,
} from './settings-document.ts';

/** Appends items to the array at a path, which is created, with its parents, when missing. */
export function append(
  document: SettingsDocument,
  path: Path,
  options: { readonly items: readonly unknown[] },
): SettingsDocument {
  const { items } = options;
  return items.length === 0
    ? document
    : addChildren(
        withContainer(document, path, []),
        path,
        items.map((value) => ({ value })),
      );
}

/** Removes children of the container at a path. */
export function remove(
  document: SettingsDocument,
  path: Path,
  options: { readonly indexes: ReadonlySet<number> },
): SettingsDocument {
  const found = containerAt(document, path);
  return found === undefined || options.indexes.size === 0
    ? document
    : readSettings(removeChildren(document.text, found, options), document.name);
}

/** Puts a text in place of the container at a path. */
export function restore(
  document: SettingsDocument,
  path: Path,
  options: { readonly text: string },
): SettingsDocument {
  const found = containerAt(document, path);
  return found === undefined
    ? document
    : readSettings(splice(document.text, found, options.text), document.name);
}

function withContainer(document: SettingsDocument, path: Path, empty: object): SettingsDocument {
  const key = path.at(-1);
  if (typeof key !== 'string') return document;
  const found = nodeAt(document, path);
  if (found !== undefined) {
    const isFit = found.kind === (Array.isArray(empty) ? 'array' : 'object');
    if (isFit || !isNothing(document, found)) return document;
    return readSettings(splice(document.text, found, JSON.stringify(empty)), document.name);
  }
  const parent = path.slice(0, -1);
  return addChildren(withContainer(document, parent, {}), parent, [{ key, value: empty }]);
}

function addChildren(
  document: SettingsDocument,
  path: Path,
  children: readonly NewChild[],
): SettingsDocument {
  const found = containerAt(document, path) ?? document.root;
  const layout = layoutOf(document.text, document.root);
  const text = appendChildren(document.text, found, { children, layout });
  return readSettings(text, document.name);
}
