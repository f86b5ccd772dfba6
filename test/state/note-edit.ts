import { appendFileSync, existsSync } from 'node:fs';
import { createEmpty } from '../../lib/state/state-file.ts';

/** An edit as Claude Code tells of it and the launcher notes it. */
export interface NotedEdit {
  readonly path: string;
  readonly tool?: string;
  readonly isNew?: boolean;
  /** The subagent that edits. */
  readonly agent?: { readonly agent_id: string; readonly agent_type: string };
  readonly transcript_path?: string;
}

/** Notes an edit of a session as the launcher does. */
export function noteEdit(
  stateFolder: string,
  session: string,
  {
    path,
    tool = 'Edit',
    isNew = false,
    agent = undefined,
    transcript_path = '/x.jsonl',
  }: NotedEdit,
): void {
  const file = `${stateFolder}/edits/${session}`;
  const fields = { session_id: session, transcript_path, ...agent, tool_name: tool };
  const input = { file_path: path, ...(isNew ? { originalFile: null } : {}) };
  if (!existsSync(file)) createEmpty(file);
  appendFileSync(file, `${JSON.stringify({ ...fields, tool_input: input })}\n`);
}
