import { DocketError } from '../../lib/model/errors.ts';
import type { CommandIo } from './io.ts';

/**
 * Reads text from an argument, or from standard input when it is `-`, without a final newline. What
 * should have come from a command that failed is no text: nothing is stored, or erased, for it.
 *
 * @throws DocketError `usage` when standard input is empty
 */
export async function readText(value: string, io: CommandIo): Promise<string> {
  if (value === '-') {
    const text = (await io.readStdin()).trimEnd();
    if (text !== '') return text;
    throw new DocketError('usage', 'standard input is empty, and - takes the text from there', {
      hint: `Give it as an argument in single quotes ('' for none), or on standard input: <<'EOF'`,
    });
  }
  if (hasWrittenBreaks(value)) tellOnce(io);
  return value;
}

/** Reads text as `readText` does, for a flag that may be missing. */
export async function readOptionalText(
  value: string | undefined,
  io: CommandIo,
): Promise<string | undefined> {
  return value === undefined ? undefined : readText(value, io);
}

/** Reads text from an argument or, without one, from standard input. @throws DocketError `usage` */
export async function readTextOrStdin(
  value: string | undefined,
  { io, what }: { readonly io: CommandIo; readonly what: string },
): Promise<string> {
  const isPiped = value === undefined || value === '-';
  const text = isPiped ? (await io.readStdin()).trimEnd() : await readText(value, io);
  if (text.trim() !== '') return text;
  throw new DocketError('usage', `the ${what} is empty`, {
    hint: `Give it as an argument in single quotes, or on standard input: <<'EOF'`,
  });
}

/**
 * Whether a text seems to have its line breaks written out, as `\\n` between single quotes. A path
 * (`C:\\new`), a pattern (`\\d+\\n`) and JSON are written so on purpose.
 */
function hasWrittenBreaks(text: string): boolean {
  if (!text.includes('\\n') || /[\r\n]|^\s*[[{]|[a-z]:\\/i.test(text)) return false;
  return (text.match(/\\./g) ?? []).every((pair) => ['\\n', '\\t', '\\"', "\\'"].includes(pair));
}

const told = new WeakSet<CommandIo>();

/** Tells of breaks that are written out, once a command: nothing that was said is changed. */
function tellOnce(io: CommandIo): void {
  if (told.has(io)) return;
  told.add(io);
  io.progress('docket: \\n is kept as the two characters it is; a real line break can be quoted');
}

/**
 * Guards standard input against a second read, which would find nothing: empty text erases what is
 * stored.
 *
 * @throws DocketError `usage` at the second read
 */
export function withOneStdin(io: CommandIo): CommandIo {
  let isRead = false;
  return {
    ...io,
    async readStdin() {
      if (isRead) {
        throw new DocketError(
          'usage',
          'only one flag can take standard input (-): it is read once',
        );
      }
      isRead = true;
      return io.readStdin();
    },
  };
}
