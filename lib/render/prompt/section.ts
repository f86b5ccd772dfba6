import { type PromptPlan, type PromptTask, promptLimits } from '../../model/prompt/list.ts';
import { parentKey } from '../../model/task/key-tree.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';

/** A part of the block: tasks, grouped by plan, that give way from the end. */
export interface Section {
  /** The keys of its tasks, in the order they are shown in. */
  readonly keys: readonly string[];
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
 * Makes a section. Steps stand further in under their plan, which is named once with its progress; a
 * plan stands where its first step would.
 */
export function makeSection<T extends PromptTask>(
  tasks: readonly T[],
  { heading, line, total, command }: SectionOptions<T>,
): Section {
  const groups = [...Map.groupBy(tasks, (task) => planOf(task) ?? task.key).values()];
  const grouped = groups.flat();
  const rows = grouped.map((task, index) => {
    const plan = planOf(task);
    const isFirst = plan !== undefined && planOf(grouped[index - 1]) !== plan;
    const name = isFirst && task.plan !== null ? [planLine(plan, task.plan)] : [];
    const indent = plan === undefined ? '' : '  ';
    return [...name, `${indent}- ${line(task)}`];
  });
  return {
    keys: grouped.map(({ key }) => key),
    render(shown) {
      const lines = rows.slice(0, shown).flat();
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

/** Names a plan and how far it is: `API authentication (web-sfmu, 1 of 3)`. */
export function planLine(key: string, { title, done, total }: PromptPlan): string {
  // A title cannot pass for a line of another kind by how it begins.
  const line = safeLine(title, 60);
  // V8 takes 0.4 ms to compile the classes of all letters.
  const name = /^[A-Za-z0-9]/.test(line) ? line : line.replace(/^[^\p{L}\p{N}]+/u, '');
  return `${name} (${renderKey(key)}, ${done} of ${total})`;
}

/** Lines that a section keeps as long as there is room in others. */
const enough = 3;

/** What a block shows: its lines, and the keys of the tasks in them. */
export interface Shown {
  readonly lines: readonly string[];
  readonly keys: readonly string[];
}

/** Drops tasks, last section first, until everything fits. Headings and counts stay. */
export function keepWhatFits(sections: readonly Section[], room: number): Shown {
  const kept = sections.map(({ keys }) => keys.length);
  for (;;) {
    const lines = sections.flatMap((section, index) => section.render(kept[index] ?? 0));
    const generous = kept.findLastIndex((shown) => shown > enough);
    const last = generous === -1 ? kept.findLastIndex((shown) => shown > 0) : generous;
    if (lengthOf(lines) <= room || last === -1) {
      return { lines, keys: sections.flatMap(({ keys }, index) => keys.slice(0, kept[index])) };
    }
    kept[last] = (kept[last] ?? 0) - 1;
  }
}

/** The length of lines that are joined, in UTF-16 units. */
export function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
