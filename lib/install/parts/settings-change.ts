import { join } from 'node:path';
import { dataFolder, type Env } from '../../config/paths.ts';
import { realPath } from '../../filesystem/path-facts.ts';
import { InstallRecord } from '../../settings/install-record.ts';
import { planInstall, planUninstall } from '../../settings/plan-settings.ts';
import type { SettingsTemplate } from '../../settings/settings-template.ts';
import {
  planStatusLine,
  planStatusLineRemoval,
  type StatusLineOptions,
} from '../../settings/status-line.ts';
import { fileNameOf, readState } from '../../state/state-file.ts';
import { type FileChange, readEncoded, readText } from '../files/file-change.ts';

/** The change of a settings file, and of the record that makes uninstall exact. */
export interface SettingsChange {
  readonly settings: FileChange;
  readonly record: FileChange;
}

/**
 * Plans docket's entries in a settings file.
 *
 * @throws DocketError `invalid_settings` with line and column for broken JSON.
 */
export function planSettings(
  env: Env,
  path: string,
  template: SettingsTemplate,
  statusLine?: Pick<StatusLineOptions, 'script' | 'wrap'>,
): SettingsChange {
  const { text: before, ...kind } = readEncoded(path) ?? { text: undefined };
  const known = readRecord(env, path);
  const plan = planInstall(before, template, { record: known, name: path });
  const former = known?.statusLine;
  const merged = {
    text: plan.text,
    record: { ...plan.record, ...(former === undefined ? {} : { statusLine: former }) },
  };
  const { text: after, record } =
    statusLine === undefined
      ? merged
      : planStatusLine(merged.text, { ...statusLine, record: merged.record, name: path });
  const isEmpty = Object.keys(record).length === 0;
  return {
    settings: { path, before, after, ...kind },
    record: {
      ...recordChange(env, path),
      after: isEmpty ? undefined : `${JSON.stringify(record, null, 2)}\n`,
    },
  };
}

export interface SettingsRemoval extends SettingsChange {
  /** Whether a status line with docket's in it stays, as the person has changed it. */
  readonly keptStatusLine: boolean;
}

export function planSettingsRemoval(env: Env, path: string): SettingsRemoval {
  const { text: before, ...kind } = readEncoded(path) ?? { text: undefined };
  const options = { record: readRecord(env, path), name: path };
  const rest = before?.trim() ? planStatusLineRemoval(before, options) : undefined;
  const left = rest?.text ?? before;
  const after = left === undefined ? undefined : planUninstall(left, options).text;
  return {
    settings: { path, before, after, ...kind },
    record: { ...recordChange(env, path), after: undefined },
    keptStatusLine: rest?.isKept ?? false,
  };
}

function recordChange(env: Env, path: string): Omit<FileChange, 'after'> {
  const file = recordFile(env, path);
  return { path: file, before: readText(file) };
}

function readRecord(env: Env, path: string): InstallRecord | undefined {
  const result = InstallRecord.safeParse(readState<unknown>(recordFile(env, path)));
  return result.success ? result.data : undefined;
}

/** The record lies with the person's data: a project's own files hold nothing of one machine. */
function recordFile(env: Env, path: string): string {
  return join(dataFolder(env), 'installs', `${fileNameOf(realPath(path) ?? path)}.json`);
}
