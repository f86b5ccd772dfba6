import { DocketError } from '../lib/model/errors.ts';
import type { CommandIo } from './command.ts';

/** Text from an argument, or from standard input when it is `-`. A final newline goes. */
export function readText(value: string, io: CommandIo): string {
  return value === '-' ? io.readStdin().trimEnd() : value;
}

/** Text from an argument or, without one, from standard input. @throws DocketError `usage` */
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

/** Several flags cannot all take standard input: it is read once. @throws DocketError `usage` */
export function requireOneStdin(values: readonly (string | undefined)[]): void {
  if (values.filter((value) => value === '-').length < 2) return;
  throw new DocketError('usage', 'only one flag can take standard input (-)');
}
