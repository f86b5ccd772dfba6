/**
 * Looks for subtasks of one plan that need each other in a circle. A plan's own subtasks are the
 * only ones that its links join, so no other task can be part of it.
 *
 * @returns the 1-based numbers along the circle, the first one again at the end, or undefined.
 */
export function findPlanCycle(
  subtasks: readonly { readonly needs?: readonly number[] | undefined }[],
): readonly number[] | undefined {
  const isDone = new Set<number>();
  for (let start = 1; start <= subtasks.length; start += 1) {
    // Each subtask on the way with those of its needs that are still to be followed.
    const way = [stepFrom(start)];
    while (way.length > 0) {
      const last = way.at(-1);
      const next = last?.left.pop();
      if (next === undefined) {
        isDone.add(way.pop()?.number ?? 0);
        continue;
      }
      const seenAt = way.findIndex(({ number }) => number === next);
      if (seenAt >= 0) return [...way.slice(seenAt).map(({ number }) => number), next];
      if (!isDone.has(next)) way.push(stepFrom(next));
    }
  }
  return undefined;

  function stepFrom(number: number): { number: number; left: number[] } {
    return { number, left: [...(subtasks[number - 1]?.needs ?? [])].reverse() };
  }
}
