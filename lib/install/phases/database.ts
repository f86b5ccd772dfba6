import { isLocalFile } from '../../model/connection.ts';
import { shellWord } from '../../model/shell-word.ts';
import { createProcessProbe } from '../../state/process-probe.ts';
import { type Inspection, inspectDatabase } from '../../tracker/database/inspect.ts';
import { migrationRights } from '../../tracker/database/migration-rights.ts';
import { isMissingFile } from '../../tracker/database/missing-file.ts';
import { openStore } from '../../tracker/database/open.ts';
import { makeThrowAway, removeAbandoned } from '../../tracker/database/throw-away.ts';
import type { Phase, Verification } from '../verify/phase.ts';
import { must, PhaseFailure } from '../verify/phase-failure.ts';

/** Looks at the database, removes what verifications before have left, and makes the list. */
export const database: Phase = {
  name: 'database',
  title: 'reachable and migrated',
  needs: [],
  async run(verification) {
    const { access, url } = verification;
    const { connection } = access;
    must(!isMissingFile(connection), `there is no database at ${url}`, 'docket init');
    const found = await inspectDatabase(connection, undefined).catch((error: unknown) => {
      throw access.failure() ?? error;
    });
    judge(found, verification);
    const store = await openStore(connection);
    try {
      verification.leftOver.push(...(await removeAbandoned(store, createProcessProbe())));
      verification.isMade = true;
      await makeThrowAway(store, verification.workspace, verification.owner);
    } finally {
      await store.close();
    }
  },
};

/** Judges what was found; nothing of it is changed. @throws PhaseFailure */
function judge(
  { schema, version, knownVersion, writeError }: Inspection,
  { url, access }: Pick<Verification, 'url' | 'access'>,
): void {
  if (schema === 'too_new') {
    throw new PhaseFailure(
      `its schema ${version} needs a newer docket (this one knows ${knownVersion})`,
      'Pull the newest docket and run ./scripts/setup again',
    );
  }
  if (schema === 'none' || schema === 'old') {
    const rights = isLocalFile(access.connection) ? '' : `As a user with ${migrationRights}: `;
    throw new PhaseFailure(
      schema === 'none'
        ? 'it has no docket tables'
        : `it has schema ${version}, and this docket needs ${knownVersion}`,
      `${rights}docket migrate --database ${shellWord(url)}`,
    );
  }
  if (writeError === undefined) return;
  throw new PhaseFailure(
    `it can be read and not written: ${writeError.message}`,
    writeError.hint ?? 'Everyday use takes SELECT, INSERT, UPDATE and DELETE on the database',
  );
}
