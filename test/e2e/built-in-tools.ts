// Current models have neither set of task tools unless these variables say so.

/** TaskCreate, TaskUpdate, TaskList and TaskGet, in subagents as well. */
export const withTaskTools = { CLAUDE_CODE_ENABLE_TODO_TOOLS: '1', ENABLE_TOOL_SEARCH: 'false' };

/** TodoWrite in their place. */
export const withTodoWrite = { ...withTaskTools, CLAUDE_CODE_ENABLE_TASKS: '0' };
