import { readCachedList } from '../../lib/access/cached-list.ts';
import { findWorker } from '../../lib/access/worker.ts';
import { renderPromptBlock } from '../../lib/render/prompt/block.ts';
import { renderAge } from '../../lib/render/text/age.ts';
import { createProcessProbe } from '../../lib/state/process-probe.ts';
import type { CommandAnswer, CommandIo } from '../command/command.ts';

/** Shows the last list that a prompt on this machine showed, with its age. */
export function showCachedList({
  flags,
  io,
}: {
  readonly flags: { readonly database: string | undefined };
  readonly io: CommandIo;
}): CommandAnswer {
  const snapshot = readCachedList({ env: io.env, cwd: io.cwd, database: flags.database });
  const readAt = new Date(snapshot.readAt).toISOString();
  const age = renderAge(readAt, new Date().toISOString());
  const staleFor = age === 'now' ? 'under a minute' : age;
  const reader = { ...findWorker(io.env), probe: createProcessProbe(), staleFor };
  return {
    data: { readAt, list: snapshot.list },
    text: renderPromptBlock(snapshot.list, reader),
  };
}
