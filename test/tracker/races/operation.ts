import type { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { DocketError } from '../../../lib/model/errors.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { joinWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import {
  blockTask,
  releaseTask,
  reopenTask,
  unblockTask,
} from '../../../lib/tracker/tasks/block.ts';
import { claimNext, claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan, extendPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { linkTasks, unlinkTasks } from '../../../lib/tracker/tasks/link.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';

/** One verb with its arguments, as data that can be sent to another process. */
export type Operation =
  | { readonly verb: 'claimNext' }
  | { readonly verb: 'claim' | 'release' | 'unblock' | 'reopen'; readonly key: string }
  | { readonly verb: 'steal'; readonly key: string }
  | { readonly verb: 'close' | 'cancel'; readonly key: string; readonly all?: boolean }
  | { readonly verb: 'block'; readonly key: string; readonly reason: string }
  | { readonly verb: 'note'; readonly key: string; readonly text: string }
  | { readonly verb: 'link' | 'unlink'; readonly key: string; readonly target: string }
  | { readonly verb: 'create'; readonly title: string; readonly parent?: string | undefined }
  | { readonly verb: 'client'; readonly name: string }
  | { readonly verb: 'report'; readonly key: string; readonly report: object }
  | { readonly verb: 'join'; readonly rootCommit: string; readonly name: string }
  | { readonly verb: 'planOnce'; readonly word: string }
  | { readonly verb: 'plan'; readonly key: string; readonly titles: readonly string[] };

/** What became of it: the keys it was about (a note's id for a note), or the error's code. */
export type Result = Done | { readonly error: string; readonly message: string };

interface Done {
  readonly keys: readonly string[];
  /** Of a verb on one task. */
  readonly nowReady?: readonly string[];
}

/** Runs a verb. Every error is a result; one that docket does not know has the code `unknown`. */
export async function perform(scope: Scope, operation: Operation): Promise<Result> {
  try {
    return await run(scope, operation);
  } catch (error) {
    const { message } = error as Error;
    return { error: error instanceof DocketError ? error.code : 'unknown', message };
  }
}

async function run(scope: Scope, operation: Operation): Promise<Done> {
  switch (operation.verb) {
    case 'claimNext':
      return keyOf(await claimNext(scope));
    case 'claim':
      return keyOf(await claimTask(scope, operation.key));
    case 'steal':
      return keyOf(await claimTask(scope, operation.key, { steal: true, force: true }));
    case 'release':
      return keyOf(await releaseTask(scope, operation.key));
    case 'unblock':
      return keyOf(await unblockTask(scope, operation.key));
    case 'reopen':
      return keyOf(await reopenTask(scope, operation.key));
    case 'close':
      return keyOf(await closeTask(scope, operation.key, { cancelOpen: operation.all ?? false }));
    case 'cancel':
      return keyOf(await cancelTask(scope, operation.key, { cancelOpen: operation.all ?? false }));
    case 'block':
      return keyOf(await blockTask(scope, operation.key, { reason: operation.reason }));
    case 'note':
      return { keys: [(await addNote(scope, operation.key, operation.text)).note.id] };
    case 'link':
      return keyOf(await linkTasks(scope, linkOf(operation)));
    case 'unlink':
      return keyOf(await unlinkTasks(scope, linkOf(operation)));
    case 'create': {
      const { title, parent } = operation;
      return keyOf(await createTask(scope, { title }, { parent }));
    }
    case 'report':
      return keyOf(
        await recordReport(scope, operation.key, operation.report, { policy: makePolicy() }),
      );
    case 'client':
      return {
        keys: [(await addRegistryEntry(scope, clientVerbs, { name: operation.name })).slug],
      };
    case 'join': {
      const { name, rootCommit } = operation;
      const repository = { rootCommit, origin: 'example.com/alice/web' };
      const createdBy = scope.worker.actor;
      return { keys: [(await joinWorkspace(scope.store, { repository, name, createdBy })).id] };
    }
    case 'planOnce': {
      const plan = { title: 'Check the backups', subtasks: [{ title: 'Restore one' }] };
      const { task, existing } = await createPlan(scope, plan, { once: ['check', operation.word] });
      return { keys: existing ? [] : [task.key] };
    }
    case 'plan': {
      const planned = operation.titles.map((title) => ({ title }));
      const { subtasks } = await extendPlan(scope, operation.key, planned);
      return { keys: subtasks.map(({ key }) => key) };
    }
  }
}

function keyOf({ task, nowReady }: TaskAnswer): Done {
  return { keys: [task.key], nowReady };
}

function linkOf({ key, target }: { readonly key: string; readonly target: string }) {
  return { task: key, target, type: 'blocks' } as const;
}
