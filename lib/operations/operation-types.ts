import type { TaskDetails, TasksAnswer } from '../model/answers/task.ts';
import type { catalogue } from './catalogue.ts';
import type { Operation } from './operation.ts';

type Loaded<Name extends keyof typeof catalogue> = Awaited<ReturnType<(typeof catalogue)[Name]>>;

/** The name of an operation on a list: `create`, `claim`, `client.add` ... */
export type OperationName = {
  [Name in keyof typeof catalogue]: Loaded<Name> extends { run: unknown } ? Name : never;
}[keyof typeof catalogue];

/** The input of an operation. */
export type InputOf<Name extends OperationName> =
  Loaded<Name> extends Operation<infer Input, infer _> ? Input : never;

/** The answer of an operation. */
export type AnswerOf<Name extends OperationName> =
  Loaded<Name> extends Operation<infer _, infer Answer> ? Answer : never;

/**
 * The answer to an input: about several tasks where it names them by `tasks`, else about one. A look
 * at a list as it was has that of the look.
 */
export type AnswerTo<Name extends OperationName, Input> = Input extends {
  readonly verb: 'list' | 'ready';
}
  ? Extract<AnswerOf<Name>, { readonly asOf: unknown; readonly tasks: unknown }>
  : Input extends { readonly verb: 'show' }
    ? Exclude<AnswerOf<Name>, { readonly tasks: unknown }>
    : Input extends { readonly tasks: readonly string[] }
      ? Extract<AnswerOf<Name>, AboutSeveral>
      : Exclude<AnswerOf<Name>, AboutSeveral>;

/** The marks of an answer about several tasks of an operation that also takes one. */
type AboutSeveral = Pick<TasksAnswer, 'tasks' | 'followed'> | TaskDetails;
