import { codePoints, limits } from '../../model/limits.ts';
import { mergeTouched } from '../../model/report/merge-touched.ts';
import type { TaskContext } from '../../model/task/input.ts';
import { readContext } from '../stored-json.ts';
import type { Write } from '../write/write.ts';

/** Writes the files that were edited for a task into its context, as its run ends. */
export function keepTouched(write: Write, taskId: string): void {
  if (write.runs.findTouched(taskId) === undefined) return;
  const context = readContext(write.list.task(taskId).context);
  const text = JSON.stringify(withTouched(write, taskId, context));
  if (text !== JSON.stringify(context)) write.list.change(taskId, { task_context: text });
}

/** Adds the files that were edited for a task to a context, unless that would be too long. */
export function withTouched(write: Write, taskId: string, context: TaskContext): TaskContext {
  const touched = write.runs.findTouched(taskId);
  if (touched === undefined) return context;
  const merged = mergeTouched(context, touched);
  return codePoints(JSON.stringify(merged)) > limits.context ? context : merged;
}
