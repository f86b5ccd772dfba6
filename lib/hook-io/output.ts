/** A hook's answer in docket's own terms; `renderHookOutput` puts it into Claude Code's shapes. */
export interface HookAnswer {
  /** The event that is answered, where a hook answers several. */
  readonly event?: HookEvent;
  /** Text for the model. */
  readonly context?: string | undefined;
  /** Text for the person. */
  readonly systemMessage?: string | undefined;
  /** Refuses the tool call, with the reason for the model. */
  readonly deny?: string | undefined;
  /** The input that the tool gets instead of its own (PreToolUse alone); it decides nothing. */
  readonly updatedInput?: Readonly<Record<string, unknown>>;
  /** Lets the tool call pass (PermissionRequest alone). */
  readonly allow?: boolean;
}

export type HookEvent =
  | 'SessionStart'
  | 'UserPromptSubmit'
  | 'PreToolUse'
  | 'PermissionRequest'
  | 'PostToolUse'
  | 'SubagentStart'
  | 'SubagentStop'
  | 'Stop'
  | 'SessionEnd';

/** Renders the JSON text for stdout; undefined when the answer is empty. */
export function renderHookOutput(event: HookEvent, answer: HookAnswer): string | undefined {
  const specific = specificOutput(event, answer);
  if (specific === undefined && answer.systemMessage === undefined) return undefined;
  return JSON.stringify({
    ...(answer.systemMessage === undefined ? {} : { systemMessage: answer.systemMessage }),
    ...(specific === undefined
      ? {}
      : { hookSpecificOutput: { hookEventName: event, ...specific } }),
  });
}

function specificOutput(event: HookEvent, { context, deny, allow, updatedInput }: HookAnswer) {
  if (event === 'PermissionRequest') {
    if (deny !== undefined) return { decision: { behavior: 'deny', message: deny } };
    return allow ? { decision: { behavior: 'allow' } } : undefined;
  }
  if (event === 'PreToolUse') {
    if (deny !== undefined) return { permissionDecision: 'deny', permissionDecisionReason: deny };
    return updatedInput === undefined ? undefined : { updatedInput };
  }
  return context === undefined ? undefined : { additionalContext: context };
}
