import { requirePermission } from '../lib/access/permissions.ts';
import { isInsideClaudeCode } from '../lib/config/trust.ts';
import { DocketError, exitCodeOf } from '../lib/model/errors.ts';
import { findNearest } from '../lib/model/nearest.ts';
import { renderHint } from '../lib/render/text/hint.ts';
import { renderJson } from '../lib/render/text/json.ts';
import { safeLine, safeLines, safeOutput } from '../lib/render/text/safe-text.ts';
import { isForPerson, paint } from '../lib/render/text/style.ts';
import { aliases, commands, groups } from './catalogue.ts';
import type { Command, CommandAnswer } from './command/command.ts';
import { findVerb, isNoun, type Noun } from './command/command.ts';
import { isMissedWrite } from './command/missed-write.ts';
import { parseFlags } from './command/parse-flags.ts';
import type { CommandIo, RunResult } from './terminal/io.ts';
import { withOneStdin } from './terminal/read-text.ts';

/** Runs one command line. Every error ends in the one catch here. */
export async function run(argv: readonly string[], io: CommandIo): Promise<RunResult> {
  const json = wantsJson(argv);
  const edited: string[] = [];
  try {
    io.requireUtf8?.(argv);
    const answer = await dispatch(argv, withEditor(withSafeProgress(withOneStdin(io)), edited));
    for (const file of edited) (await loadEditor()).discardEdited(file);
    const exitCode = answer.exitCode ?? 0;
    if (json) {
      const stdout = `${renderJson({ schemaVersion: 1, data: answer.data })}\n`;
      return { stdout, stderr: '', exitCode };
    }
    return { ...printed(answer, io), exitCode };
  } catch (error) {
    return failure(error, { json, io, edited });
  }
}

/** Gives the text of an answer, with what it leaves out on stderr where no terminal shows it. */
function printed(
  { text, rest = [] }: CommandAnswer,
  { style }: CommandIo,
): Pick<RunResult, 'stdout' | 'stderr'> {
  const print = (lines: readonly string[]) =>
    lines.join('') === '' ? '' : `${safeOutput(lines.join('\n'), style)}\n`;
  return isForPerson(style)
    ? { stdout: print([text, ...rest]), stderr: '' }
    : { stdout: print([text]), stderr: print(rest) };
}

/** Makes remarks one safe line each: some name what strangers wrote, such as where a list moved to. */
function withSafeProgress(io: CommandIo): CommandIo {
  const { style, progress } = io;
  const safe = (line: string) =>
    style.colour ? safeOutput(line.replaceAll('\n', ' '), style) : safeLines(line).join(' ');
  return { ...io, progress: (line) => progress(safe(line)) };
}

/** Gives commands the person's editor; `edited` gets the files of what they wrote. */
function withEditor(io: CommandIo, edited: string[]): CommandIo {
  if (io.canEdit === undefined || isInsideClaudeCode(io.env))
    return { ...io, canEdit: () => false };
  return {
    ...io,
    async edit(request) {
      const { text, file } = (await loadEditor()).editText(request, io.env);
      edited.push(file);
      return text;
    },
  };
}

async function loadEditor() {
  return (await import('./around-commands.ts')).loadEditor();
}

async function dispatch(argv: readonly string[], io: CommandIo): Promise<CommandAnswer> {
  const words = argv.filter((argument, index) => index > 0 || argument !== '--json');
  const isAlone = words[0] === undefined || words[0] === '--watch';
  const [word = '', ...rest] = isAlone ? ['overview', ...words] : words;
  if (word === '--help' || word === '-h') {
    return (await loadHelp()).overviewHelp({ groups, aliases });
  }
  if (word === '--version') return (await import('./version.ts')).versionAnswer();
  if (word === 'help') {
    const topic = rest.filter((argument) => !argument.startsWith('-'));
    return topic.length === 0 ? dispatch(['--help'], io) : dispatch([...topic, '--help'], io);
  }
  if (word === '__complete') {
    const { completionAnswer } = await (await import('./around-commands.ts')).loadCompletion();
    return completionAnswer(rest, { io, catalogue: { commands, aliases } });
  }
  const name = aliases[word] ?? word;
  if (name === 'at' && rest.length > 1) {
    const { runAt } = await (await import('./past-commands.ts')).loadAt();
    const answer = await runAt(rest, io);
    if (answer !== undefined) return answer;
  }
  const command = await load(name);
  if (!isNoun(command)) return runCommand(command, { name, word, words: rest, io });
  const given = rest.filter((argument, index) => index > 0 || argument !== '--json');
  const isMeant = command.alone !== undefined && isNoVerb(given[0]);
  const [verb, ...after] = isMeant ? [command.alone, ...given] : given;
  if (verb === '--help' || verb === '-h') {
    return (await loadHelp()).nounHelp(word, command);
  }
  const whole = `${word} ${verb}`;
  return runCommand(findVerb(word, command, verb), { name: whole, word: whole, words: after, io });
}

/** Whether the word after a noun is none, or a flag of the verb that the noun means alone. */
function isNoVerb(word: string | undefined): boolean {
  return word === undefined || (word.startsWith('-') && word !== '--help' && word !== '-h');
}

interface CommandLine {
  /** The command's name, and the word by which it was called. */
  readonly name: string;
  readonly word: string;
  /** The words after it. */
  readonly words: readonly string[];
  readonly io: CommandIo;
}

async function runCommand(
  command: Command,
  { name, word, words, io }: CommandLine,
): Promise<CommandAnswer> {
  const { args, flags } = parseFlags(word, command, words);
  if (flags.help === true) return (await loadHelp()).commandHelp(word, command, aliases);
  requirePermission({ name, access: command.verb.access }, io.env);
  const agent = flags['as-agent'];
  const ownIo = agent === undefined ? io : { ...io, env: { ...io.env, DOCKET_AGENT: `${agent}` } };
  const input = { args, flags, io: ownIo };
  if (flags.watch !== true) {
    return command.run(input).catch(async (error: unknown) => {
      if (!isMissedWrite(error)) throw error;
      const { queueInstead } = await (await import('./rare-commands.ts')).loadQueueing();
      return queueInstead(error, input);
    });
  }
  const { watch } = await (await import('./around-commands.ts')).loadWatch();
  return watch(command, input, name);
}

function loadHelp() {
  return import('./help.ts');
}

async function load(name: string): Promise<Command | Noun> {
  const found = commands.get(name);
  if (found !== undefined) return (await found()).command;
  if (name.startsWith('-')) {
    const hint = 'docket COMMAND --flag ...; docket --help lists the commands';
    throw new DocketError('usage', `flags follow the command: ${name} stands before it`, {
      hint: /^-v$/i.test(name) ? 'docket --version' : hint,
    });
  }
  const nearest =
    name === 'version'
      ? '--version'
      : findNearest(name, [...commands.keys(), ...Object.keys(aliases)]);
  throw new DocketError('usage', `there is no command ${JSON.stringify(name)}`, {
    hint: nearest === undefined ? 'docket --help' : `Did you mean docket ${nearest}?`,
  });
}

/**
 * Whether the answer is JSON, also where the command line is wrong. After `--` the word is text.
 */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json');
}

function failure(
  thrown: unknown,
  { json, io, edited }: { json: boolean; io: CommandIo; edited: readonly string[] },
): RunResult {
  const error = thrown instanceof DocketError ? thrown : defect(thrown);
  const exitCode = exitCodeOf(error.code);
  const message = safeLine(error.message, 4_000);
  const kept = edited.map((file) => `The text is kept in ${safeLine(file, 1_000)}`);
  const hint = [hintOf(error, io), ...kept].filter(Boolean).join('. ') || undefined;
  const trace = io.env.DOCKET_DEBUG ? `${traceOf(thrown)}\n` : '';
  if (json) {
    const body = { code: error.code, message, ...(hint === undefined ? {} : { hint }) };
    const stdout = `${renderJson({ schemaVersion: 1, error: body })}\n`;
    return { stdout, stderr: trace, exitCode };
  }
  const lines = [
    `${paint(io.style, 'red', 'docket:')} ${message}`,
    ...(hint ? [renderHint(hint, io.style)] : []),
  ];
  return { stdout: '', stderr: `${lines.join('\n')}\n${trace}`, exitCode };
}

/**
 * Hints at Claude Code's Bash sandbox, which makes a healthy database look away, where no other
 * cause is certain.
 */
function hintOf({ code, hint, cause }: DocketError, { env }: CommandIo): string | undefined {
  const isExplained =
    cause instanceof Error && 'isExplained' in cause && cause.isExplained === true;
  const isSandboxed = code === 'unreachable' && !isExplained && isInsideClaudeCode(env);
  const sandbox = "If Claude Code's Bash sandbox is on, docket doctor shows what lets docket work";
  const text = [hint, ...(isSandboxed ? [sandbox] : [])].filter(Boolean).join('. ');
  return text === '' ? undefined : safeLine(text, 4_000);
}

function defect(thrown: unknown): DocketError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DocketError('internal', `internal error: ${message}`, {
    hint: 'This is a defect of docket. With DOCKET_DEBUG=1 it shows where.',
    cause: thrown,
  });
}

function traceOf(thrown: unknown): string {
  const lines: string[] = [];
  for (let error = thrown; error instanceof Error; error = error.cause) {
    lines.push(...(error.stack ?? error.message).split('\n').map((line) => safeLine(line, 500)));
  }
  return lines.join('\n');
}
