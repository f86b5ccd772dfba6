import { readCachedList } from '../../lib/access/cached-list.ts';
import { findWorker } from '../../lib/access/worker.ts';
import { renderPromptBlock } from '../../lib/render/prompt/block.ts';
import { renderAge } from '../../lib/render/text/age.ts';
import { createProcessProbe } from '../../lib/state/process-probe.ts';
import type { CommandAnswer } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

/** Shows the last list that a prompt on this machine showed, with its age. */
export function showCachedList(
  { database }: { readonly database: string | undefined },
  { env, cwd }: CommandIo,
): CommandAnswer {
  const snapshot = readCachedList({ env, cwd, database });
  const readAt = new Date(snapshot.readAt).toISOString();
  const age = renderAge(readAt, new Date().toISOString());
  const staleFor = age === 'now' ? 'under a minute' : age;
  const reader = { ...findWorker(env), probe: createProcessProbe(), staleFor };
  return {
    data: { readAt, list: snapshot.list },
    text: renderPromptBlock(snapshot.list, reader),
  };
}
