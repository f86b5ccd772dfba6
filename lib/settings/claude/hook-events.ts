/** The hook events that Claude Code 2.1.332 knows. It passes over others, with all they hold. */
export const hookEvents: ReadonlySet<string> = new Set(
  `PreToolUse PostToolUse PostToolUseFailure PostToolBatch Notification UserPromptSubmit
  UserPromptExpansion SessionStart SessionEnd Stop StopFailure SubagentStart SubagentStop PreCompact
  PostCompact PreModelSwitch PostModelSwitch PermissionRequest PermissionDenied Setup TeammateIdle
  TaskCreated TaskCompleted Elicitation ElicitationResult ConfigChange WorktreeCreate WorktreeRemove
  InstructionsLoaded CwdChanged FileChanged DirectoryAdded MessageDisplay
  PreSkillShellCommand`.split(/\s+/),
);

/**
 * The events whose hooks can guard permissions: Claude Code ignores a whole settings file rather
 * than do without a hook of theirs. The last is new in 2.1.332; earlier versions pass over it.
 */
export const guardEvents: ReadonlySet<string> = new Set([
  'PreToolUse',
  'PermissionRequest',
  'PreSkillShellCommand',
]);

const toolEvents =
  /^(?:PreToolUse|PostToolUse|PostToolUseFailure|PermissionRequest|PermissionDenied)$/;

/** Whether an event is about a tool call: elsewhere a hook with a condition (`if`) never runs. */
export function isToolEvent(event: string): boolean {
  return toolEvents.test(event);
}
