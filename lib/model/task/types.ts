/** The kinds of work. */
export const taskTypes = [
  'implementation',
  'research',
  'review',
  'testing',
  'deployment',
  'documentation',
  'bugfix',
  'analysis',
] as const;

/** How hard a task is. */
export const complexities = ['trivial', 'simple', 'moderate', 'complex'] as const;

/** The type of a task unless somebody says another. */
export const usualType: (typeof taskTypes)[number] = 'implementation';
