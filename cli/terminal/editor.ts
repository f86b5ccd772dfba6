import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { type Env, stateFolder } from '../../lib/config/paths.ts';
import { createPrivately } from '../../lib/filesystem/atomic-write.ts';
import { readBytes } from '../../lib/filesystem/read-file.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import { decodeText } from './decode-text.ts';
import type { EditRequest } from './io.ts';

/** The line that git's editors know: what stands below it is no part of the text. */
const scissors = '# ------------------------ >8 ------------------------';

/** More than any text of a task may have. */
const mostBytes = 16 * 1024 * 1024;

/** A text as the person left it, and the file that keeps it until the command has used it. */
export interface Edited {
  readonly text: string;
  readonly file: string;
}

/**
 * Lets the person write a text in `$VISUAL`, else `$EDITOR`, else vi. The text is kept in a file of
 * their own until `discardEdited`. It may be Markdown, so no line is a comment but those below the
 * scissors.
 *
 * @throws DocketError `usage` when the editor fails, or leaves no text
 */
export function editText({ name, text, about }: EditRequest, env: Env): Edited {
  const file = `${stateFolder(env)}/edits/${name}-${process.pid}.md`;
  const below = [...about, 'Without text above, or when the editor fails, nothing is done.'];
  // Two spaces: a title cannot look like the scissors.
  const comments = below.map((line) => `#  ${safeLine(line, 200)}`);
  createPrivately(file, `${text}\n\n${[scissors, ...comments].join('\n')}\n`);
  const editor = env.VISUAL?.trim() || env.EDITOR?.trim() || 'vi';
  const failure = run(editor, file, env);
  const written = textOf(decodeText(readBytes(file, mostBytes) ?? Buffer.alloc(0), file));
  if (failure !== undefined) {
    const isKept = written !== '' && written !== text.trimEnd();
    if (!isKept) discardEdited(file);
    throw new DocketError('usage', `the editor (${safeLine(editor, 200)}) ${failure}`, {
      hint: isKept
        ? `Nothing was done. The text is kept in ${file}`
        : 'Nothing was done. VISUAL or EDITOR names another editor',
    });
  }
  if (written === '') {
    discardEdited(file);
    throw new DocketError('usage', 'there is no text, so nothing was done');
  }
  createPrivately(file, `${written}\n`);
  return { text: written, file };
}

export function discardEdited(file: string): void {
  rmSync(file, { force: true });
}

function textOf(content: string): string {
  const text = `\n${content.replaceAll('\r\n', '\n')}`;
  // The text may have scissors of its own: docket's are the last ones.
  const end = text.lastIndexOf(`\n${scissors}\n`);
  return (end === -1 ? text : text.slice(0, end)).replace(/^\n+/, '').trimEnd();
}

/** Runs an editor, which may have arguments, as git does. Says how it failed. */
function run(editor: string, file: string, env: Env): string | undefined {
  // Ctrl-C is for the editor.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  try {
    const { status, signal, error } = spawnSync('sh', ['-c', `${editor} "$@"`, editor, file], {
      stdio: 'inherit',
      env: { ...env },
    });
    if (error !== undefined) return `cannot be started: ${error.message}`;
    if (signal !== null) return `was ended by ${signal}`;
    return status === 0 ? undefined : `ended with ${status}`;
  } finally {
    process.off('SIGINT', ignore);
  }
}
