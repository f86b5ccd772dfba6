import type { TaskView } from '../../lib/model/answers/task.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { show } from '../../lib/operations/show.ts';
import type { CommandInput, Flags } from '../command/command.ts';
import { runOperation } from '../command/operation-command.ts';
import type { CommandIo, EditRequest } from '../terminal/io.ts';
import { readKeys } from './shared.ts';

/** Long text is written in the person's editor. */
export const editFlag = {
  edit: { type: 'boolean', description: 'write the text in $VISUAL or $EDITOR' },
} as const satisfies Flags;

/** Lets the person write a text. @throws DocketError `usage` where nobody sits at a terminal */
export async function edit(io: CommandIo, request: EditRequest): Promise<string> {
  if (io.edit !== undefined && io.canEdit?.()) return io.edit(request);
  throw new DocketError('usage', 'an editor needs a terminal, and a person at it', {
    hint: "Give the text as an argument in single quotes, or on standard input: <<'EOF'",
  });
}

/**
 * Lets the person write a text about tasks, which are looked up before: one that does not exist is
 * told while nothing is written yet.
 */
export async function editAbout(
  keys: readonly string[],
  {
    what,
    text,
    flags,
    io,
  }: {
    readonly what: string;
    /** The text to begin with. */
    readonly text: (task: TaskView | undefined) => string | undefined;
    readonly flags: { readonly database: string | undefined };
  } & Pick<CommandInput, 'io'>,
): Promise<string> {
  const { data } = await runOperation(
    show,
    { flags, io },
    { input: readKeys(keys), text: () => '' },
  );
  const tasks = ('details' in data ? data.details : [data]).map(({ task }) => task);
  const names = tasks.map(({ key, title }) => `${key}  ${title}`);
  return edit(io, {
    name: what,
    text: text(tasks[0]) ?? '',
    about: [`The ${what} of:`, ...names],
  });
}
