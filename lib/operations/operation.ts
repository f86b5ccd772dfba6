import type * as z from 'zod/mini';
import type { OpenList } from '../access/list-context.ts';
import type { Access } from '../access/permissions.ts';
import { rememberChange } from '../access/remember-change.ts';
import type { OnProgress } from '../model/answers/progress.ts';

/** A zod schema of a value. */
export type Schema<Value> = z.ZodMiniType<Value>;

/** Something that can be asked of docket, as every front door knows it. */
export interface Verb<Answer = unknown> {
  /** The name: `close`, or `client.add` where a thing has verbs of its own. */
  readonly name: string;
  readonly access: Access;
  /** One line for people and models. */
  readonly summary: string;
  /** Loads the schema of the answer. */
  answer(): Promise<Schema<Answer>>;
}

/** A verb on a list. `callOperation` checks an input of unknown origin. */
export interface Operation<Input, Answer> extends Verb<Answer> {
  /** Loads the schema of the input. */
  input(): Promise<Schema<Input>>;
  run(list: OpenList, input: Input, watch?: Watch): Promise<Answer>;
}

/** The callbacks by which a caller follows and stops an operation that takes long. */
export interface Watch {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Definition<Input, Answer> extends Omit<Operation<Input, Answer>, 'input' | 'run'> {
  /** A loader where a command line's flags may have checked all of it: zod takes 6 ms to load. */
  readonly input: Schema<Input> | (() => Promise<Schema<Input>>);
  run(list: OpenList, input: NoInfer<Input>, watch: Watch): Promise<NoInfer<Answer>>;
}

/** Defines an operation whose types follow from its schemas. */
export function defineOperation<Input, Answer>({
  input,
  run,
  ...verb
}: Definition<Input, Answer>): Operation<Input, Answer> {
  return {
    ...verb,
    input: typeof input === 'function' ? input : async () => input,
    async run(list, checked, watch = {}) {
      const answer = await run(list, checked, watch);
      if (verb.access !== 'look') rememberChange(list, verb.name, answer);
      return answer;
    },
  };
}
