import { DocketError } from '../../lib/model/errors.ts';
import type { CommandIo } from './io.ts';

/** Reads text from an argument, or from standard input when it is `-`, without a final newline. */
export function readText(value: string, io: CommandIo): string {
  return value === '-' ? io.readStdin().trimEnd() : value;
}

/** Reads text as `readText` does, for a flag that may be missing. */
export function readOptionalText(value: string | undefined, io: CommandIo): string | undefined {
  return value === undefined ? undefined : readText(value, io);
}

/** Reads text from an argument or, without one, from standard input. @throws DocketError `usage` */
export function readTextOrStdin(
  value: string | undefined,
  { io, what }: { readonly io: CommandIo; readonly what: string },
): string {
  const text = readText(value ?? '-', io);
  if (text.trim() !== '') return text;
  throw new DocketError('usage', `the ${what} is empty`, {
    hint: `Give it as an argument in single quotes, or on standard input: <<'EOF'`,
  });
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
    readStdin() {
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
