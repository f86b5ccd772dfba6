import type { PlannedSubtask } from './plan.ts';

/** Each subtask needs the one before it, where none of the plan says what it needs. */
export function inOrder(subtasks: readonly PlannedSubtask[]): PlannedSubtask[] {
  if (subtasks.some(({ needs = [] }) => needs.length > 0)) return [...subtasks];
  return subtasks.map((subtask, index) => (index === 0 ? subtask : { ...subtask, needs: [index] }));
}
