import { limits } from '../limits.ts';
import { Label } from '../task/input.ts';

/** Gives labels of another tracker as docket keeps them, of those that it takes. */
export function plainLabels(labels: readonly string[]): readonly string[] {
  const read = labels.flatMap((label) => Label.safeParse(label.replaceAll(',', ' ')).data ?? []);
  return [...new Set(read)].slice(0, limits.taskLabels);
}
