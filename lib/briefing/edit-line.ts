import type { AgentInput } from './agent-name.ts';

/** What Claude Code said of an edit, as far as it was noted. */
export interface NotedEdit extends AgentInput {
  readonly path: string;
  readonly isNew: boolean;
  readonly transcript_path: string | undefined;
}

const text = '"((?:[^"\\\\]|\\\\.)*)"';

/**
 * Reads a line that the launcher noted: the JSON of a PostToolUse event as far as the path, which can
 * be cut short. Inside of JSON's strings each quote has a backslash before it, so that names of
 * fields are found as they stand, and no text reads as one.
 *
 * @returns undefined when it names no file, or not all of its path.
 */
export function parseEditLine(line: string): NotedEdit | undefined {
  const start = line.indexOf('"tool_input":{');
  if (start === -1) return undefined;
  const path = find(line.slice(start), /[{,]"(?:file_path|notebook_path)":/);
  if (path === undefined || path === '') return undefined;
  const before = line.slice(0, start);
  return {
    path,
    // Write alone says so: of a new file there is no former text.
    isNew: /"tool_name":"Write"/.test(before) && /,"originalFile":null[,}]/.test(line),
    agent_id: find(before, /[{,]"agent_id":/),
    agent_type: find(before, /[{,]"agent_type":/),
    transcript_path: find(before, /[{,]"transcript_path":/),
  };
}

function find(json: string, name: RegExp): string | undefined {
  const quoted = new RegExp(`${name.source}(${text})`).exec(json)?.[1];
  if (quoted === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
