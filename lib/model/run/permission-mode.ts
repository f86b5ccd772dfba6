/** How much a session of Claude Code may do without being asked; there is nobody to ask. */
export const permissionModes = [
  'acceptEdits',
  'auto',
  'bypassPermissions',
  'default',
  'dontAsk',
] as const;
/** What an agent of Claude Code may do unasked, in its own words. */
export type PermissionMode = (typeof permissionModes)[number];

/**
 * Agents edit within the project, and run the commands that the person's own settings allow. What
 * is not allowed is refused, as there is nobody to ask.
 */
export const defaultPermissionMode: PermissionMode = 'acceptEdits';
