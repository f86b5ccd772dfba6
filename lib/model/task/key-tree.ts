// A subtask's key is its parent's with `.N`, so keys alone tell what is above and below a task.

/** Key of the task's parent; null of a task that has none. */
export function parentKey(key: string): string | null {
  const end = key.lastIndexOf('.');
  return end === -1 ? null : key.slice(0, end);
}

/** Keys of the task's containers, from the inside out. */
export function containerKeys(key: string): readonly string[] {
  const parent = parentKey(key);
  return parent === null ? [] : [parent, ...containerKeys(parent)];
}

/** The keys below a task are those from `from` on and before `to`, in the order of their bytes. */
export function keysBelow(key: string): { readonly from: string; readonly to: string } {
  // The slash comes right after the dot.
  return { from: `${key}.`, to: `${key}/` };
}

/** The order of a tree's levels: the outer tasks first, those of one level as they were made. */
export function compareLevels(a: string, b: string): number {
  const [first, second] = [a.split('.'), b.split('.')];
  if (first.length !== second.length) return first.length - second.length;
  for (const [index, part] of first.entries()) {
    const other = second[index] ?? '';
    if (part === other) continue;
    return index === 0 ? (part < other ? -1 : 1) : Number(part) - Number(other);
  }
  return 0;
}

/** The order of keys as people read them: a tree's tasks together, the tenth after the second. */
export function compareKeys(a: string, b: string): number {
  const [first, second] = [a.split('.'), b.split('.')];
  for (const [index, part] of first.entries()) {
    const other = second[index];
    if (other === undefined) return 1;
    if (part !== other) return index === 0 ? (part < other ? -1 : 1) : Number(part) - Number(other);
  }
  return first.length - second.length;
}
