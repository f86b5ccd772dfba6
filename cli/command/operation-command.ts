import type { OpenList } from '../../lib/access/list-context.ts';
import { withList } from '../../lib/access/open-list.ts';
import { stateFolder } from '../../lib/config/paths.ts';
import { DocketError } from '../../lib/model/errors.ts';
import type { InputWords } from '../../lib/operations/check-input.ts';
import type { Operation } from '../../lib/operations/operation.ts';
import type { ListText } from '../../lib/render/text/section.ts';
import { hasEdits } from '../../lib/state/edits.ts';
import {
  type Command,
  type CommandAnswer,
  type CommandInput,
  defineCommand,
  type Flags,
  type FlagValues,
} from './command.ts';
import { MissedWrite } from './missed-write.ts';
import { namingDatabase } from './naming-database.ts';

/** A parsed command line, typed by the declaration of its flags. */
export type ParsedCommand<F extends Flags> = Omit<CommandInput, 'flags'> & {
  readonly flags: FlagValues<F>;
};

interface OperationCommand<F extends Flags, Input, Answer>
  extends Omit<Command, 'verb' | 'flags' | 'run'> {
  readonly operation: Operation<Input, Answer>;
  readonly flags: F;
  /** Makes the operation's input of the command line. */
  input(parsed: ParsedCommand<F>): NoInfer<Input> | Promise<NoInfer<Input>>;
  /** The words for the input's fields in messages about a wrong one. */
  readonly words?: InputWords;
  /** Renders the answer for people. */
  text(answer: NoInfer<Answer>, context: TextContext<F>): string | ListText;
}

/** The facts that the text of an answer depends on beside the answer. */
export interface TextContext<F extends Flags> extends ParsedCommand<F> {
  /** The session whose own tasks are marked. */
  readonly session: string;
}

/** Makes a command of one operation on the list: flags to input, answer to text. */
export function operationCommand<const F extends Flags, Input, Answer>({
  operation,
  input,
  words,
  text,
  ...command
}: OperationCommand<F, Input, Answer>): Command {
  return defineCommand({
    ...command,
    verb: operation,
    async run(parsed) {
      // The values of flags have the types of the flags' declaration.
      const typed = parsed as unknown as ParsedCommand<F>;
      const given = await input(typed);
      const answer = runOperation(operation, typed, {
        input: given,
        takesDocument: command.document !== undefined,
        words,
        text: (answer, session) => text(answer, { ...typed, session }),
      });
      return answer.catch((error: unknown) => {
        if (operation.access === 'look' || !isUnreachable(error)) throw error;
        throw new MissedWrite(error, { operation, input: given, words });
      });
    },
  });
}

/**
 * Runs an operation on the list that a command line means, and answers for `--json` and for people.
 */
export async function runOperation<Input, Answer>(
  operation: Operation<Input, Answer>,
  { flags, io }: Pick<CommandInput, 'io'> & { readonly flags: { readonly database?: unknown } },
  {
    input,
    takesDocument = false,
    words,
    text,
    watch,
  }: {
    readonly input: NoInfer<Input>;
    /** Whether the input holds a document, which no declaration of flags has checked. */
    readonly takesDocument?: boolean;
    readonly words?: InputWords | undefined;
    readonly watch?: Parameters<Operation<Input, Answer>['run']>[2];
    text(answer: NoInfer<Answer>, session: string): string | ListText;
  },
): Promise<CommandAnswer & { readonly data: Answer }> {
  const checked = takesDocument || needsCheck(operation, input) ? await check() : input;
  const database = typeof flags.database === 'string' ? flags.database : undefined;
  const isWriting = operation.access !== 'look';
  const answer = async (list: OpenList) => {
    // Another list is not the one that the session works for.
    if (isWriting && database === undefined) await flushOwnEdits(list);
    const run = (seen: OpenList) => operation.run(seen, checked, watch);
    const data = io.past === undefined ? await run(list) : await io.past(list, run);
    const shown = text(data, list.scope.worker.session);
    return { data, ...(typeof shown === 'string' ? { text: shown } : shown) };
  };
  return namingDatabase(database, () => withList({ ...io, database, isWriting }, answer));

  async function check(): Promise<Input> {
    const { checkInput } = await import('../../lib/operations/check-input.ts');
    return checkInput(operation, input, words);
  }
}

function isUnreachable(error: unknown): error is DocketError {
  return error instanceof DocketError && error.code === 'unreachable';
}

/** Writes which files the command's session has edited before a claim of its changes. */
async function flushOwnEdits({ scope, context, env }: OpenList): Promise<void> {
  const sessionId = scope.worker.session;
  const folder = stateFolder(env);
  if (context === undefined || !hasEdits(folder, sessionId)) return;
  try {
    const { flushEdits } = await import('../../lib/briefing/edits.ts');
    await flushEdits({ sessionId, context, stateFolder: folder }, scope, env);
  } catch {
    // They stay noted; what the command is to do is worth more.
  }
}

/**
 * Says whether flags have left something of an input to check. Operations that look take words and
 * days that the list is asked for, and others may take keys, switches and numbers only. Then zod is
 * not loaded, which takes 6 ms.
 */
function needsCheck<Input>({ access }: Operation<Input, unknown>, input: Input): boolean {
  return access !== 'look' && hasText(input);
}

/** The fields that hold a key or keys, which are looked up as they are. */
const keys: ReadonlySet<string> = new Set(['task', 'tasks', 'target', 'id']);
const plain: ReadonlySet<string> = new Set(['undefined', 'boolean', 'number']);

function hasText(input: unknown): boolean {
  return Object.entries(input ?? {}).some(
    ([field, value]) => !keys.has(field) && !plain.has(typeof value),
  );
}
