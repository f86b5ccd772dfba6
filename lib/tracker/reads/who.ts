import type { LiveSession, WhoAnswer } from '../../model/answers/who.ts';
import { absenceOf } from '../../model/liveness.ts';
import { isOneCommand } from '../../model/worker.ts';
import { type HeldLine, heldBySessions } from '../../store/queries/who.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { openSessions, type SessionRow } from '../../store/tables/sessions.ts';
import { type TouchRow, touchedBySessions } from '../../store/tables/touched-files.ts';
import type { Scope } from '../scope.ts';
import { storedTime } from '../stored-time.ts';

/** The most edits that are looked at, of all sessions together that are told of. */
const editsLookedAt = 2_000;

export interface WhoOptions {
  /** The number of sessions that are told of. */
  readonly limit: number;
}

/** Reads which sessions work on a list now, what each holds, and what it has edited last. */
export function readWho(scope: Scope, { limit }: WhoOptions): Promise<WhoAnswer> {
  const { workspaceId } = scope;
  return scope.store.read(async (db) => {
    const [at, open] = await ask(
      db,
      together(clock(db.dialect), openSessions(db.dialect, workspaceId, scope.probe.scope)),
    );
    const live = open.filter((session) => {
      const claim = { session: session.id, since: session.startedAt };
      const moment = { now: at, probe: scope.probe };
      return session.id === scope.worker.session || absenceOf(claim, session, moment) === undefined;
    });
    const first = firstOf(live, limit);
    const began = first.map(({ startedAt }) => storedTime(startedAt)).sort()[0] ?? '';
    const commands = live.filter(({ id }) => isOneCommand(id));
    const [held, edits] = await ask(
      db,
      together(
        heldBySessions([...new Set([...first, ...commands].map(({ id }) => id))]),
        touchedBySessions(
          { workspaceId, sessions: first.map(({ id }) => id) },
          { since: began, limit: editsLookedAt + 1 },
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

/** The sessions among which those are that are told of, whichever commands still hold something. */
function firstOf(live: readonly SessionRow[], limit: number): readonly SessionRow[] {
  let told = 0;
  const end = live.findIndex(({ id }) => {
    if (!isOneCommand(id)) told += 1;
    return told > limit;
  });
  return end < 0 ? live : live.slice(0, end);
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
