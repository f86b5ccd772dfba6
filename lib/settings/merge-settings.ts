import { append, remove, restore } from './document-edit.ts';
import type { InstallRecord } from './install-record.ts';
import { isSameJson } from './json-value.ts';
import { isOwnHook, isOwnRule, type PermissionList, permissionLists } from './own-entries.ts';
import {
  containerAt,
  eventsOf,
  hooksOf,
  itemsAt,
  type Path,
  type SettingsDocument,
} from './settings-document.ts';
import type { SettingsTemplate } from './settings-template.ts';

type HookGroups = SettingsTemplate['hooks'][string];

/**
 * Makes docket's entries in a file those of the template: entries that differ are stripped and
 * appended last, equal ones stay where they are. Containers that this leaves empty are given back
 * or removed as the record says. With an empty template this is uninstall.
 */
export function mergeSettings(
  document: SettingsDocument,
  template: SettingsTemplate,
  options: { readonly record: InstallRecord },
): SettingsDocument {
  let merged = document;
  const events = new Set([...eventsOf(document), ...Object.keys(template.hooks)]);
  for (const event of events) {
    merged = mergeEvent(merged, event, { groups: groupsOf(template, event) });
  }
  for (const list of permissionLists) {
    const rules = template.permissions?.[list] ?? [];
    merged = mergeRules(merged, list, { rules, kept: options.record.kept?.[list] ?? [] });
  }
  const emptied = [
    ...[...events].map((event) => ['hooks', event]),
    ...permissionLists.map((list) => ['permissions', list]),
  ].filter((path) => isEmptied(path, { before: document, after: merged }));
  return emptied.reduce((left, path) => close(left, path, options), merged);
}

/** Gives the hook groups of an event. A file may call one `constructor`, which every object has. */
function groupsOf({ hooks }: SettingsTemplate, event: string): HookGroups {
  return (Object.hasOwn(hooks, event) ? hooks[event] : undefined) ?? [];
}

function mergeEvent(
  document: SettingsDocument,
  event: string,
  options: { readonly groups: HookGroups },
): SettingsDocument {
  const path = ['hooks', event];
  const own = itemsAt(document, path)
    .filter((group) => hooksOf(group).some(isOwnHook))
    .map((group) => ({ ...(group as object), hooks: hooksOf(group).filter(isOwnHook) }));
  if (isSameJson(own, options.groups)) {
    return document;
  }
  return append(stripEvent(document, path), path, { items: options.groups });
}

/** Strips docket's hooks of an event. A group with a hook of somebody else keeps its rest. */
function stripEvent(document: SettingsDocument, path: Path): SettingsDocument {
  let stripped = document;
  const whole = new Set<number>();
  for (const [index, group] of itemsAt(document, path).entries()) {
    const hooks = hooksOf(group);
    const own = indexesOf(hooks, isOwnHook);
    if (own.size > 0 && own.size === hooks.length) {
      whole.add(index);
    } else {
      stripped = remove(stripped, [...path, index, 'hooks'], { indexes: own });
    }
  }
  return remove(stripped, path, { indexes: whole });
}

function mergeRules(
  document: SettingsDocument,
  list: PermissionList,
  options: { readonly rules: readonly string[]; readonly kept: readonly string[] },
): SettingsDocument {
  const path = ['permissions', list];
  const stays = new Set<unknown>([...options.rules, ...options.kept]);
  const items = itemsAt(document, path);
  const indexes = indexesOf(items, (rule) => isOwnRule(list, rule) && !stays.has(rule));
  const missing = options.rules.filter((rule) => !items.includes(rule));
  return append(remove(document, path, { indexes }), path, { items: missing });
}

function indexesOf(
  items: readonly unknown[],
  matches: (item: unknown) => boolean,
): ReadonlySet<number> {
  return new Set(items.flatMap((item, index) => (matches(item) ? [index] : [])));
}

function isEmptied(
  path: Path,
  options: { readonly before: SettingsDocument; readonly after: SettingsDocument },
): boolean {
  const had = containerAt(options.before, path)?.children.length ?? 0;
  return had > 0 && containerAt(options.after, path)?.children.length === 0;
}

/** Gives an emptied container its former text back, or removes it, then perhaps its parent. */
function close(
  document: SettingsDocument,
  path: Path,
  options: { readonly record: InstallRecord },
): SettingsDocument {
  const found = containerAt(document, path);
  if (found === undefined || found.children.length > 0 || path.length === 0) {
    return document;
  }
  const text = options.record.empties?.[path.join('.')];
  if (text !== undefined) {
    return restore(document, path, { text });
  }
  const parent = path.slice(0, -1);
  const siblings = containerAt(document, parent)?.children ?? [];
  const indexes = new Set([siblings.findIndex((sibling) => sibling.value === found)]);
  return close(remove(document, parent, { indexes }), parent, options);
}
