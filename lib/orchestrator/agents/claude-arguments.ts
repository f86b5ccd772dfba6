import type { PermissionMode } from '../../model/run/permission-mode.ts';

export interface ClaudeArguments {
  /** The agent's name in Claude Code. */
  readonly agent: string;
  /** The JSON schema of the report. */
  readonly schema: object;
  readonly permissionMode: PermissionMode;
  readonly budgetUsd?: number | undefined;
}

/** Gives the arguments of a run in print mode whose prompt comes by stdin. */
export function claudeArguments(options: ClaudeArguments): readonly string[] {
  const { agent, schema, permissionMode, budgetUsd } = options;
  // Claude Code refuses a schema that names a draft after 07; zod's name 2020-12.
  const { $schema: _, ...plain } = schema as Record<string, unknown>;
  return [
    '-p',
    ...['--agent', agent],
    // Each event stands on a line of its own: as json, a verbose run is one line that may be
    // endless.
    ...['--output-format', 'stream-json', '--verbose'],
    ...['--json-schema', JSON.stringify(plain)],
    ...['--permission-mode', permissionMode],
    ...(budgetUsd === undefined ? [] : ['--max-budget-usd', String(budgetUsd)]),
  ];
}
