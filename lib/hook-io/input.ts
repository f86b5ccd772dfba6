/** The part of a hook's stdin that docket reads. */
export interface HookInput {
  readonly session_id: string | undefined;
  /** The subagent or team-mate that the event is about; undefined for the session itself. */
  readonly agent_id: string | undefined;
  readonly agent_type: string | undefined;
  readonly cwd: string | undefined;
  readonly hook_event_name?: string | undefined;
  /** The file that Claude Code keeps the session's conversation in. */
  readonly transcript_path?: string | undefined;
  readonly tool_use_id?: string | undefined;
  /** The ids of the agents that still run in the background, when the session stops. */
  readonly running?: readonly unknown[] | undefined;
  /** What a subagent said last, when it stops. */
  readonly last_assistant_message?: string | undefined;
  readonly source: string | undefined;
  readonly reason: string | undefined;
  readonly tool_name: string | undefined;
  readonly tool_input: Readonly<Record<string, unknown>>;
}

const byteOrderMark = '\ufeff';

/**
 * Parses a hook's stdin; undefined when it is not a JSON object. A field of the wrong type counts
 * as missing, and other fields do not matter. The parser is written by hand, because every hook
 * runs it: loading zod takes longer than all the rest of the deny hook (1.33 against 0.82 times the
 * start of Node.js).
 */
export function parseHookInput(stdin: string): HookInput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdin.startsWith(byteOrderMark) ? stdin.slice(1) : stdin);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { background_tasks: tasks } = value;
  return {
    session_id: text(value.session_id),
    agent_id: text(value.agent_id),
    agent_type: text(value.agent_type),
    cwd: text(value.cwd),
    hook_event_name: text(value.hook_event_name),
    transcript_path: text(value.transcript_path),
    tool_use_id: text(value.tool_use_id),
    running: Array.isArray(tasks) ? tasks.map((task) => isRecord(task) && task.id) : undefined,
    last_assistant_message: text(value.last_assistant_message),
    source: text(value.source),
    reason: text(value.reason),
    tool_name: text(value.tool_name),
    tool_input: isRecord(value.tool_input) ? value.tool_input : {},
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
