import { absenceOf } from '../../model/liveness.ts';
import type { SharedFile } from '../../model/touched-file.ts';
import { mainAgent } from '../../model/worker.ts';
import { type EditedFor, editedFor } from '../../store/queries/edited-for.ts';
import { retryBusy } from '../../store/retry.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { sessionsByIds } from '../../store/tables/sessions.ts';
import {
  forgetTouched,
  hasTouchedBefore,
  type NewTouch,
  othersAtFilesOf,
  upsertTouches,
} from '../../store/tables/touched-files.ts';
import { translated } from '../database/translate-errors.ts';
import type { Scope } from '../scope.ts';
import { storedTime } from '../stored-time.ts';

/** An edit of a file by a session or one of its agents. */
export interface Edit {
  readonly path: string;
  readonly isNew: boolean;
  readonly agent: string;
  /** The key of the task that was given to the agent; else what is claimed counts. */
  readonly task: string | undefined;
}

const day = 24 * 3_600_000;

/** The milliseconds for which edits are kept. */
const keptFor = 90 * day;

/** The milliseconds after which an edit is no sign any more that somebody is at a file. */
const sharedFor = day / 3;

/**
 * Records edits of the scope's session, each for the task that its worker has claimed, the latest
 * one. It is no part of the history: like a heartbeat it takes no guard and no number.
 */
export function recordEdits(scope: Scope, edits: readonly Edit[]): Promise<void> {
  const { store, workspaceId, worker } = scope;
  const keys = [...new Set(edits.flatMap(({ task }) => task ?? []))];
  return translated(() =>
    retryBusy(async () => {
      const { db } = store;
      const [at, tasks] = await ask(
        db,
        together(clock(db.dialect), editedFor({ workspaceId, session: worker.session }, keys)),
      );
      const before = storedTime(new Date(Date.parse(at) - keptFor).toISOString());
      const isToForget = hasTouchedBefore(before);
      const touches = gather(scope, { edits, tasks });
      // Several writes outside a transaction are a flight each.
      for (const statement of upsertTouches(db.dialect, touches)) {
        await db.run(statement.sql, statement.params);
      }
      if (touches.length === 0 || !(await ask(db, isToForget))) return;
      const { sql, params } = forgetTouched(before);
      await db.run(sql, params);
    }),
  );
}

function gather(
  { workspaceId, worker }: Scope,
  { edits, tasks }: { readonly edits: readonly Edit[]; readonly tasks: EditedFor },
): readonly NewTouch[] {
  const touches = new Map<string, NewTouch>();
  for (const edit of edits) {
    const { path, agent, isNew } = edit;
    const taskId = taskOf(edit, tasks);
    const name = `${taskId} ${path}`;
    const known = touches.get(name);
    touches.set(name, {
      ...{ workspaceId, session: worker.session, path, taskId, agent },
      isNew: isNew || known?.isNew === true,
      touches: (known?.touches ?? 0) + 1,
    });
  }
  return [...touches.values()];
}

/** An agent without a task of its own works for its session's. */
function taskOf({ task, agent }: Edit, { held, idByKey }: EditedFor): string {
  if (task !== undefined) return idByKey.get(task) ?? '';
  const own = held.find((each) => each.agent === agent);
  return (own ?? held.find((each) => each.agent === mainAgent))?.id ?? '';
}

/** The most that is told of files of a session that others edit. */
const mostShared = 100;

/** Finds the files of the scope's session that other live sessions edit as well. */
export function findSharedFiles(scope: Scope): Promise<readonly SharedFile[]> {
  const { store, workspaceId, worker } = scope;
  return translated(async () => {
    const { db } = store;
    const session = { workspaceId, session: worker.session };
    const limits = { within: sharedFor, limit: mostShared };
    const touches = await ask(db, othersAtFilesOf(db.dialect, session, limits));
    if (touches.length === 0) return [];
    const ids = [...new Set(touches.map((touch) => touch.session))];
    const [now, sessions] = await ask(db, together(clock(db.dialect), sessionsByIds(ids)));
    const live = new Map(
      sessions
        .filter((each) => {
          const claim = { session: each.id, since: each.startedAt };
          return absenceOf(claim, each, { now, probe: scope.probe }) === undefined;
        })
        .map((each) => [each.id, each]),
    );
    const shared = new Map<string, SharedFile>();
    for (const { path, session: id, agent, task } of touches) {
      const other = live.get(id);
      const name = `${id} ${path}`;
      if (other === undefined || shared.has(name)) continue;
      shared.set(name, { path, session: id, agent, actor: other.actor, task });
    }
    return [...shared.values()];
  });
}
