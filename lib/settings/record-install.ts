import type { InstallRecord } from './install-record.ts';
import { isOwnRule, permissionLists } from './own-entries.ts';
import { isNothing, itemsAt, nodeAt, type SettingsDocument, textOf } from './settings-document.ts';
import type { SettingsTemplate } from './settings-template.ts';

interface RecordOptions {
  /** The record of an install before; undefined when docket is not in the file yet. */
  readonly known: InstallRecord | undefined;
  /** The whole file as it is; undefined when there is none. */
  readonly text: string | undefined;
}

/** Records what the file will not show once docket's entries are merged in. */
export function recordInstall(
  document: SettingsDocument,
  template: SettingsTemplate,
  options: RecordOptions,
): InstallRecord {
  const kept = keptRules(document, options);
  const empties = emptyContainers(document, template, options);
  return {
    ...(Object.keys(kept).length > 0 && { kept }),
    ...(Object.keys(empties).length > 0 && { empties }),
  };
}

/**
 * Finds the rules that look like docket's and are a person's: all of them before the first install.
 */
function keptRules(
  document: SettingsDocument,
  { known }: RecordOptions,
): NonNullable<InstallRecord['kept']> {
  const lists = permissionLists.map((list) => {
    const rules = itemsAt(document, ['permissions', list])
      .filter((rule) => isOwnRule(list, rule))
      .filter((rule) => known === undefined || known.kept?.[list]?.includes(rule));
    return [list, rules] as const;
  });
  return Object.fromEntries(lists.filter(([, rules]) => rules.length > 0));
}

/** Finds the text of each container that docket writes into and that is empty, or was before. */
function emptyContainers(
  document: SettingsDocument,
  template: SettingsTemplate,
  { known, text }: RecordOptions,
): Readonly<Record<string, string>> {
  const lists = permissionLists.filter((list) => template.permissions?.[list]?.length);
  const paths = [
    ['hooks'],
    ...Object.keys(template.hooks).map((event) => ['hooks', event]),
    ...(lists.length > 0 ? [['permissions']] : []),
    ...lists.map((list) => ['permissions', list]),
  ];
  const empties: Record<string, string> = {};
  const note = (path: string, was: string | undefined) => {
    if (was !== undefined) {
      empties[path] = was;
    }
  };
  const earlier = known?.empties ?? {};
  note('', document.root.children.length === 0 ? text : earlier['']);
  for (const path of paths) {
    const found = nodeAt(document, path);
    const key = path.join('.');
    const holdsNothing = found !== undefined && isNothing(document, found);
    note(key, holdsNothing ? textOf(document, found) : found && earlier[key]);
  }
  return empties;
}
