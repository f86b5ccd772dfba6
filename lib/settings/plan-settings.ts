import type { InstallRecord } from './install-record.ts';
import { mergeSettings } from './merge-settings.ts';
import { recordInstall } from './record-install.ts';
import { hasOwnHook, readSettings } from './settings-document.ts';
import { assertRemovable, type SettingsTemplate } from './settings-template.ts';

export interface PlanOptions {
  /** The record of the install before; undefined when there is none, or it is lost. */
  readonly record?: InstallRecord | undefined;
  /** The name of the file in messages. */
  readonly name?: string;
}

export interface InstallPlan {
  readonly text: string;
  readonly changed: boolean;
  /** The record to store, and to give to the next install and to uninstall. */
  readonly record: InstallRecord;
}

export interface UninstallPlan {
  /** Undefined: the file held nothing but docket's entries and can be deleted. */
  readonly text: string | undefined;
  readonly changed: boolean;
}

/**
 * Plans the merge of docket's entries into a settings file (undefined: there is none). Everything
 * else keeps its bytes. A file of nothing but white space counts as an empty object; a byte order
 * mark stays.
 *
 * Rules that look like docket's can be a person's: without a docket hook in the file nothing in it
 * is docket's, so all such rules are the person's and are recorded as kept; with one, all are
 * docket's except those recorded.
 */
export function planInstall(
  text: string | undefined,
  template: SettingsTemplate,
  options: PlanOptions = {},
): InstallPlan {
  assertRemovable(template);
  const isBlank = text === undefined || text.trim() === '';
  const name = options.name ?? 'settings.json';
  const mark = text?.startsWith('\uFEFF') ? '\uFEFF' : '';
  const document = readSettings(isBlank ? `${mark}{}\n` : text, name, Object.keys(template.hooks));
  const known = hasOwnHook(document) ? (options.record ?? {}) : undefined;
  const record = recordInstall(document, template, { known, text });
  const merged = mergeSettings(document, template, { record: known ?? record }).text;
  return { text: merged, changed: merged !== text, record };
}

/** Plans the inverse of `planInstall`; it is exact with the record of that install. */
export function planUninstall(text: string, options: PlanOptions = {}): UninstallPlan {
  const isBlank = text.trim() === '';
  const document = readSettings(isBlank ? '{}' : text, options.name ?? 'settings.json');
  if (!hasOwnHook(document)) {
    return { text, changed: false };
  }
  const record = options.record ?? {};
  const rest = mergeSettings(document, { hooks: {} }, { record });
  const isEmpty = rest.root.children.length === 0;
  return { text: isEmpty ? record.empties?.[''] : rest.text, changed: true };
}
