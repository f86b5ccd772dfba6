/** The built-in task tools that docket replaces. TaskStop stops background work and is not one. */
export const taskTools = ['TodoWrite', 'TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet'] as const;

/** The same for a sentence: `TaskCreate, TaskUpdate, TaskList, TaskGet or TodoWrite`. */
export const taskToolWords = `${taskTools.slice(1).join(', ')} or ${taskTools[0]}`;
