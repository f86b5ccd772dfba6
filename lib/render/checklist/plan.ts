import type { ChecklistItem } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { leavesOf } from '../../model/checklist/build.ts';
import { usualType } from '../../model/task/types.ts';
import { keyOf, type Layout, lineOf } from './layout.ts';
import { headingLine, renderItems, renderLine, titleOf } from './line.ts';
import { count } from './words.ts';

/** Dependencies that are named behind an item; the others are counted. */
const needsShown = 3;

/** Shows what is going to be done, and what starts first; with keys for those who do it. */
export function renderPlan(
  checklist: Checklist,
  layout: Layout,
  { withKeys = false }: { readonly withKeys?: boolean } = {},
): readonly string[] {
  const leaves = leavesOf(checklist.items);
  const view = {
    label: (item: ChecklistItem) => (withKeys ? `${keyOf(item.key, layout)} ` : ''),
    tail: (item: ChecklistItem) => (withKeys ? factsOf(item, layout) : undefined),
  };
  return [
    headingLine('Plan', checklist, layout),
    '',
    `${count(leaves.length, 'step')}:`,
    '',
    ...renderItems(checklist.items, view, layout),
    ...startLines(leaves, { withKeys, layout }),
  ];
}

/** Names the kind of work, unless it is the usual one, and what the item needs. */
function factsOf(item: ChecklistItem, layout: Layout): string | undefined {
  const type = item.type === usualType ? undefined : lineOf(item.type, 32, layout);
  return [type, needsOf(item, layout)].filter((fact) => fact !== undefined).join('; ') || undefined;
}

function needsOf({ blockedBy }: ChecklistItem, layout: Layout): string | undefined {
  if (blockedBy.length === 0) return undefined;
  const shown = blockedBy.slice(0, needsShown).map(({ key }) => keyOf(key, layout));
  const left = blockedBy.length - shown.length;
  return `needs ${[...shown, ...(left > 0 ? [`+${left} more`] : [])].join(', ')}`;
}

/** Names the step that `docket claim --next` would take, or the work under way. */
function startLines(
  leaves: readonly ChecklistItem[],
  { withKeys, layout }: { withKeys: boolean; layout: Layout },
): readonly string[] {
  const begun = leaves.filter(({ status }) => status === 'in_progress');
  const ready = leaves.filter(({ ready }) => ready);
  const candidates = begun.length > 0 ? begun : [...ready].sort((a, b) => a.priority - b.priority);
  const [first] = candidates;
  if (first === undefined) return [];
  const words = begun.length > 0 ? 'Under way' : 'Starts with';
  const others = candidates.length - 1;
  const rest =
    begun.length > 0 ? `+${others} more` : `${others} more ${others === 1 ? 'is' : 'are'} ready`;
  const key = withKeys ? `${keyOf(first.key, layout)} ` : '';
  const text = `${words}: ${key}${titleOf(first.title, layout)}`;
  return ['', renderLine({ text, tail: others > 0 ? rest : undefined }, layout)];
}
