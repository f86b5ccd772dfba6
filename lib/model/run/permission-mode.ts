/** How much a session of Claude Code may do without being asked; there is nobody to ask. */
export const permissionModes = [
  'acceptEdits',
  'auto',
  'bypassPermissions',
  'default',
  'dontAsk',
] as const;
export type PermissionMode = (typeof permissionModes)[number];
