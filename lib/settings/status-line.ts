import { DocketError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import type { InstallRecord } from './install-record.ts';
import { appendChildren, layoutOf, removeChildren, splice } from './json-edit.ts';
import { isRecord, isSameJson } from './json-value.ts';
import { nodeAt, readSettings, type SettingsDocument, textOf } from './settings-document.ts';

/** How often Claude Code starts the command beside its own events, in seconds. */
const refreshInterval = 5;

/** A command of docket's: its script, and the person's own command that it starts first. */
interface OwnCommand {
  readonly script: string;
  readonly wrapped: string | undefined;
}

export interface StatusLineOptions {
  /** The path of the script that prints docket's line. */
  readonly script: string;
  /** Whether a status line of the person's own may be put before docket's. */
  readonly wrap: boolean;
  /** The record of the install, to which what was there is added. */
  readonly record: InstallRecord;
  readonly name: string;
}

export interface StatusLinePlan {
  readonly text: string;
  readonly record: InstallRecord;
}

/**
 * Plans docket's status line in a settings file; the rest keeps its bytes. Of a person's own line
 * only the command changes.
 *
 * @throws DocketError `conflict` where there is another one and it is not to be wrapped;
 *   `invalid_settings` where it is none that Claude Code takes.
 */
export function planStatusLine(
  text: string,
  { script, wrap, record, name }: StatusLineOptions,
): StatusLinePlan {
  const document = readSettings(text, name);
  const found = nodeAt(document, ['statusLine']);
  if (found === undefined) {
    const children = [{ key: 'statusLine', value: ownLine(script) }];
    const layout = layoutOf(text, document.root);
    return { text: appendChildren(text, document.root, { children, layout }), record };
  }
  const command = commandOf(document);
  if (command === undefined) {
    throw new DocketError('invalid_settings', `${name}: statusLine is no command`, {
      hint: 'Mend it by hand, then run this again.',
    });
  }
  const own = parseCommand(command);
  if (own === undefined && !wrap) {
    throw new DocketError('conflict', `${name} has a status line of your own: ${command}`, {
      hint: "docket init --user --statusline --wrap shows yours first, then docket's",
    });
  }
  const wrapped = own === undefined ? command : own.wrapped;
  const was = own === undefined ? { statusLine: commandText(document) } : {};
  return {
    text: putCommand(document, JSON.stringify(renderCommand({ script, wrapped }))),
    record: { ...record, ...was },
  };
}

export interface StatusLineRemoval {
  readonly text: string;
  /** Whether a line that starts docket's script stays, as the person has changed it. */
  readonly isKept: boolean;
}

/** Plans the inverse of `planStatusLine`; it is exact with the record of that install. */
export function planStatusLineRemoval(
  text: string,
  { record, name }: { readonly record: InstallRecord | undefined; readonly name: string },
): StatusLineRemoval {
  const document = readSettings(text, name);
  const command = commandOf(document);
  const own = command === undefined ? undefined : parseCommand(command);
  if (own === undefined) return { text, isKept: command !== undefined && mayBeOwn(command) };
  if (own.wrapped !== undefined) {
    const was = record?.statusLine ?? JSON.stringify(own.wrapped);
    return readJson(was) === own.wrapped
      ? { text: putCommand(document, was), isKept: false }
      : { text, isKept: true };
  }
  if (!isSameJson(lineOf(document), ownLine(own.script))) return { text, isKept: true };
  const index = document.root.children.findLastIndex(({ key }) => key === 'statusLine');
  const indexes = new Set([index]);
  return { text: removeChildren(text, document.root, { indexes }), isKept: false };
}

/** Tells what a settings file's status line is of docket's; undefined where it is not docket's. */
export function ownStatusLine(settings: Readonly<Record<string, unknown>>): OwnCommand | undefined {
  const line = settings.statusLine;
  if (!isRecord(line) || typeof line.command !== 'string') return undefined;
  return parseCommand(line.command);
}

function ownLine(script: string): object {
  const command = renderCommand({ script, wrapped: undefined });
  return { type: 'command', command, refreshInterval };
}

function renderCommand({ script, wrapped }: OwnCommand): string {
  const words = wrapped === undefined ? [script] : [script, wrapped];
  return ['sh', ...words.map(shellWord)].join(' ');
}

const word = String.raw`'((?:[^']|'\\'')*)'`;
const ownCommand = new RegExp(`^sh ${word}(?: ${word})?$`);

/** Reads a command back as `renderCommand` writes it. */
function parseCommand(command: string): OwnCommand | undefined {
  const [, script, wrapped] = ownCommand.exec(command) ?? [];
  if (script === undefined || !mayBeOwn(script)) return undefined;
  return { script: unquote(script), wrapped: wrapped === undefined ? undefined : unquote(wrapped) };
}

function unquote(quoted: string): string {
  return quoted.replaceAll("'\\''", "'");
}

function mayBeOwn(command: string): boolean {
  return command.includes('/docket/current/status-line');
}

function lineOf(document: SettingsDocument): unknown {
  const found = nodeAt(document, ['statusLine']);
  return found && JSON.parse(textOf(document, found));
}

function commandOf(document: SettingsDocument): string | undefined {
  const line = lineOf(document);
  if (!isRecord(line) || line.type !== 'command') return undefined;
  return typeof line.command === 'string' ? line.command : undefined;
}

/** Gives the value of a recorded text; undefined where the record was cut or edited. */
function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Gives the command as the file spells it. */
function commandText(document: SettingsDocument): string {
  const found = nodeAt(document, ['statusLine', 'command']);
  return found === undefined ? '""' : textOf(document, found);
}

function putCommand(document: SettingsDocument, json: string): string {
  const found = nodeAt(document, ['statusLine', 'command']);
  return found === undefined ? document.text : splice(document.text, found, json);
}
