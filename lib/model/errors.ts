/**
 * Every error that docket raises on purpose. Callers compare `code`, never the message; the CLI
 * turns `code` into the exit code below.
 */
export class DocketError extends Error {
  readonly code: ErrorCode;
  /** The next thing to do, as one line that can be run or read by itself. */
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DocketError';
    this.code = code;
    this.hint = options.hint;
  }

  /** Compares names, because a bundle beside another has its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (
      value !== null && typeof value === 'object' && 'name' in value && value.name === 'DocketError'
    );
  }
}

const exitCodes = {
  internal: 1,
  invalid_settings: 1,
  invalid_config: 1,
  not_initialised: 1,
  not_trusted: 1,
  migration_due: 1,
  schema_too_new: 1,
  list_moved: 1,
  contention: 1,
  agent_failed: 1,
  usage: 2,
  invalid_input: 2,
  not_found: 3,
  ambiguous_key: 3,
  nothing_ready: 3,
  already_claimed: 4,
  not_claimed: 4,
  not_running: 4,
  agents_report: 4,
  cycle: 4,
  invalid_transition: 4,
  waiting: 4,
  is_container: 4,
  open_subtasks: 4,
  conflict: 4,
  archived: 4,
  unreachable: 69,
} as const;

/** What kind of refusal or failure an error tells of. */
export type ErrorCode = keyof typeof exitCodes;

/**
 * Gives the exit code of a command that failed with `code` (69 is EX_UNAVAILABLE of sysexits.h).
 */
export function exitCodeOf(code: ErrorCode): number {
  return exitCodes[code];
}
