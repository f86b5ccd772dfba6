/** How much a session may do without being asked; there is nobody to ask. */
export const permissionModes = [
  'acceptEdits',
  'auto',
  'bypassPermissions',
  'default',
  'dontAsk',
] as const;
export type PermissionMode = (typeof permissionModes)[number];

/**
 * Agents edit within the project, and run the commands that the person's own settings allow. What
 * is not allowed is refused, as there is nobody to ask.
 */
export const defaultPermissionMode: PermissionMode = 'acceptEdits';

export interface ClaudeArguments {
  /** As Claude Code calls it. */
  readonly agent: string;
  /** JSON schema of the report. */
  readonly schema: object;
  readonly permissionMode: PermissionMode;
  readonly budgetUsd?: number | undefined;
}

/** The arguments of a run in print mode whose prompt comes by stdin. */
export function claudeArguments(options: ClaudeArguments): readonly string[] {
  const { agent, schema, permissionMode, budgetUsd } = options;
  // Claude Code refuses a schema that names a draft after 07; what zod makes names 2020-12.
  const { $schema: _, ...plain } = schema as Record<string, unknown>;
  return [
    '-p',
    ...['--agent', agent],
    // Each event on a line of its own: as json, a verbose run is one line that may be endless.
    ...['--output-format', 'stream-json', '--verbose'],
    ...['--json-schema', JSON.stringify(plain)],
    ...['--permission-mode', permissionMode],
    ...(budgetUsd === undefined ? [] : ['--max-budget-usd', String(budgetUsd)]),
  ];
}
