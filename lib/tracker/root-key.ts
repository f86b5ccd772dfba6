/** Key of the outermost container of a task: the keys of subtasks begin with it. */
export function rootKey(key: string): string {
  return key.split('.', 1)[0] ?? key;
}
