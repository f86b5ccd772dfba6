import type { ToolResult } from '../claude/api-request.ts';
import type { PermissionMode } from '../claude/claude-process.ts';
import type { MockApi } from '../claude/mock-api.ts';
import type { Script } from '../claude/script.ts';
import type { HookEvent } from '../claude/stream-events.ts';
import type { Answer } from './docket-answer.ts';

/** What a phase needs: a Messages API, and a folder where people and projects live. */
export interface E2eWorld {
  readonly mock: MockApi;
  /** A new folder of this name; its path has a space, as people's folders do. */
  folder(name: string): Promise<string>;
  /** Someone with a new home, docket installed unless `installed` says otherwise. */
  person(name: string, options?: E2eUserOptions): Promise<E2eUser>;
  /** Runs when the phase is over, however it ends; the last first. */
  onRelease(work: () => Promise<void>): void;
  release(): Promise<void>;
}

export interface E2eUserOptions {
  readonly installed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Someone with a home of their own and docket installed in it. */
export interface E2eUser {
  readonly name: string;
  readonly home: string;
  /** What stands in their environment, in a terminal as in Claude Code. */
  readonly env: Readonly<Record<string, string>>;
  readonly world: E2eWorld;
  /** Runs docket in a terminal, outside Claude Code. Throws unless it ends with `exitCode`. */
  docket(cwd: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** The `data` of what docket answers with --json. */
  ask(cwd: string, args: readonly string[]): Promise<Answer>;
  session(cwd: string, options?: SessionOptions): Session;
}

export interface RunOptions {
  readonly exitCode?: number;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Session {
  readonly id: string;
  prompt(text: string, script?: Script): Promise<TurnRecord>;
  /** Gives one of Claude Code's own commands that begin the conversation anew: /compact, /clear. */
  command(text: string): Promise<void>;
  /** As a person ends it, so that SessionEnd hooks run. */
  end(): Promise<void>;
}

export interface SessionOptions {
  readonly permissionMode?: PermissionMode;
  readonly model?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Whether hooks may write to stderr; those of an intact docket do not. */
  readonly acceptsStderr?: boolean;
}

/** What one prompt brought, as far as it concerns docket. */
export interface TurnRecord {
  /** What the model was told beside the prompt itself. */
  readonly context: string;
  /** What the person was told: the hooks' system messages. */
  readonly toPerson: readonly string[];
  /** The results of this turn's tool calls, as the model saw them. */
  readonly results: readonly ToolResult[];
  /** The same of the subagents that this turn started. */
  readonly subagentResults: readonly ToolResult[];
  readonly hooks: readonly HookEvent[];
}
