import { type PromptTask, promptLimits } from '../../model/prompt/list.ts';
import { parentKey } from '../../model/task/key-tree.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';

/** A part of the block: tasks, grouped by plan, that give way from the end. */
export interface Section {
  readonly size: number;
  /** Renders the section with its first tasks. */
  render(shown: number): readonly string[];
}

export interface SectionOptions<T extends PromptTask> {
  /** The heading when this many tasks are shown. */
  readonly heading: (shown: number) => string;
  readonly line: (task: T) => string;
  /** How many tasks there are in all. */
  readonly total: number;
  /** The command that lists all, unless commands fail for now. */
  readonly command: string | undefined;
}

/**
 * Makes a section. Steps stand under their plan, which is named once with its progress; a plan
 * stands where its first step would.
 */
export function makeSection<T extends PromptTask>(
  tasks: readonly T[],
  { heading, line, total, command }: SectionOptions<T>,
): Section {
  const groups = [...Map.groupBy(tasks, (task) => planOf(task) ?? task.key).values()];
  const grouped = groups.flat();
  return {
    size: grouped.length,
    render(shown) {
      const lines = grouped.slice(0, shown).flatMap((task, index) => {
        const plan = planOf(task);
        const isFirst = plan !== undefined && planOf(grouped[index - 1]) !== plan;
        return [...(isFirst ? [planLine(task)] : []), `- ${line(task)}`];
      });
      const left = total - shown;
      const more = total >= promptLimits.count ? 'or more' : 'more';
      const how = command === undefined ? '' : `: ${command}`;
      return [heading(shown), ...lines, ...(left > 0 ? [`+${left} ${more}${how}`] : [])];
    },
  };
}

/** The key of the plan that a task is a step of. */
function planOf(task: PromptTask | undefined): string | undefined {
  return task === undefined || task.plan === null ? undefined : (parentKey(task.key) ?? undefined);
}

/** Names the plan of a step and how far it is: `API authentication (web-sfmu, 1 of 3)`. */
function planLine({ key, plan }: PromptTask): string {
  // A title cannot pass for a line of another kind by how it begins.
  const title = safeLine(plan?.title ?? '', 60).replace(/^[^\p{L}\p{N}]+/u, '');
  return `${title} (${renderKey(parentKey(key) ?? '')}, ${plan?.done} of ${plan?.total})`;
}

/** Lines that a section keeps as long as there is room in others. */
const enough = 3;

/** Drops tasks, last section first, until everything fits. Headings and counts stay. */
export function keepWhatFits(sections: readonly Section[], room: number): readonly string[] {
  const kept = sections.map(({ size }) => size);
  for (;;) {
    const text = sections.flatMap((section, index) => section.render(kept[index] ?? 0));
    if (lengthOf(text) <= room) return text;
    const generous = kept.findLastIndex((shown) => shown > enough);
    const last = generous === -1 ? kept.findLastIndex((shown) => shown > 0) : generous;
    if (last === -1) return text;
    kept[last] = (kept[last] ?? 0) - 1;
  }
}

/** The length of lines that are joined, in UTF-16 units. */
export function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
