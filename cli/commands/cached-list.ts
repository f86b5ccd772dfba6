import { readCachedList } from '../../lib/access/cached-list.ts';
import { findWorker } from '../../lib/access/worker.ts';
import { renderCachedList } from '../../lib/render/task/cached-list.ts';
import { renderAgo } from '../../lib/render/text/age.ts';
import { createProcessProbe } from '../../lib/state/process-probe.ts';
import type { CommandAnswer } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

/** Shows the last list that a prompt on this machine showed, with its age. */
export function showCachedList(
  { database }: { readonly database: string | undefined },
  { env, cwd, style, isTerminal }: CommandIo,
): CommandAnswer {
  const { list, isAmended = false, ...snapshot } = readCachedList({ env, cwd, database });
  const readAt = new Date(snapshot.readAt).toISOString();
  const { session } = findWorker(env, { folder: cwd, isTerminal: isTerminal?.() ?? true });
  const probe = createProcessProbe();
  const age = renderAgo(readAt, new Date().toISOString());
  return {
    data: { readAt, isAmended, list },
    text: renderCachedList(list, { session, probe, style, age, isAmended }),
  };
}
