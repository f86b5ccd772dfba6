import type { LiveSession, WhoAnswer } from '../../model/answers/who.ts';
import { absenceOf } from '../../model/liveness.ts';
import { isOneCommand } from '../../model/worker.ts';
import { type HeldLine, heldBySessions } from '../../store/queries/who.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { lastSessions, type SessionRow } from '../../store/tables/sessions.ts';
import { type TouchRow, touchedBySessions } from '../../store/tables/touched-files.ts';
import type { Scope } from '../scope.ts';
import { storedTime } from '../stored-time.ts';

/** The most sessions that are looked at to find those that live. */
const lookedAt = 500;

/** The most edits of all sessions together that are looked at. */
const editsLookedAt = 2_000;

export interface WhoOptions {
  /** The number of sessions that are told of. */
  readonly limit: number;
}

/** Reads which sessions work on a list now, what each holds, and what it has edited last. */
export function readWho(scope: Scope, { limit }: WhoOptions): Promise<WhoAnswer> {
  const { workspaceId } = scope;
  return scope.store.read(async (db) => {
    const [at, seen] = await ask(
      db,
      together(clock(db.dialect), lastSessions(workspaceId, { limit: lookedAt })),
    );
    const live = seen.filter((session) => {
      const claim = { session: session.id, since: session.startedAt };
      const moment = { now: at, probe: scope.probe };
      return session.id === scope.worker.session || absenceOf(claim, session, moment) === undefined;
    });
    const ids = live.map(({ id }) => id);
    const first = live.map(({ startedAt }) => storedTime(startedAt)).sort()[0] ?? '';
    const [held, edits] = await ask(
      db,
      together(
        heldBySessions(ids),
        touchedBySessions(
          { workspaceId, sessions: ids },
          { since: first, limit: editsLookedAt + 1 },
        ),
      ),
    );
    const ofList = held.filter((task) => task.workspaceId === workspaceId);
    // A command without a session has ended, and is told of for what it still holds.
    const holders = new Set(ofList.map(({ claim }) => claim?.session));
    const atWork = live.filter(({ id }) => !isOneCommand(id) || holders.has(id));
    return {
      total: atWork.length,
      sessions: atWork.slice(0, limit).map((session) => tell(session, { held: ofList, edits })),
      filesAreCut: edits.length > editsLookedAt,
      at,
    };
  });
}

function tell(
  session: SessionRow,
  { held, edits }: { readonly held: readonly HeldLine[]; readonly edits: readonly TouchRow[] },
): LiveSession {
  const { id, actor, host, cwd, branch, startedAt, lastSeenAt } = session;
  const holds = held.flatMap(({ claim, key, title, priority, status }) =>
    claim?.session === id
      ? [{ key, title, priority, status, agent: claim.agent, since: claim.since }]
      : [],
  );
  const byPath = new Map<string, TouchRow>();
  for (const edit of edits) {
    if (edit.session === id && !byPath.has(edit.path)) byPath.set(edit.path, edit);
  }
  return {
    ...{ session: id, actor, host, folder: cwd, branch, startedAt, lastSeenAt, holds },
    files: [...byPath.values()].map(({ session: _, ...file }) => file),
  };
}
