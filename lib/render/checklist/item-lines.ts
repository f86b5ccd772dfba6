import type { ChecklistItem } from '../../model/answers/checklist.ts';
import { marks } from '../text/mark.ts';
import type { Detail } from './detailed.ts';
import { countItems, keepItems, type Layout, signOf } from './layout.ts';
import { renderLine, titleOf } from './line.ts';

/** How a view shows each item of the tree. */
export interface ItemView {
  /** What stands before the title. */
  readonly label?: (item: ChecklistItem) => string;
  /** What stands behind it, in parentheses. */
  readonly tail: (item: ChecklistItem) => string | undefined;
  /** Lines below it. */
  readonly details?: (item: ChecklistItem) => readonly Detail[];
}

/** Items as a Markdown checklist, what is below one indented. Says where it leaves some out. */
export function renderItems(
  items: readonly ChecklistItem[],
  view: ItemView,
  look: Layout,
): readonly string[] {
  return renderLevel(items, 0, { view, look, kept: keepItems(items) });
}

interface Drawing {
  readonly view: ItemView;
  readonly look: Layout;
  readonly kept: ReadonlySet<string>;
}

function renderLevel(
  items: readonly ChecklistItem[],
  depth: number,
  drawing: Drawing,
): readonly string[] {
  const lines: string[] = [];
  let left: ChecklistItem[] = [];
  function tellLeft() {
    if (left.length === 0) return;
    const text = `+${countItems(left)} more`;
    lines.push(renderLine({ depth, bullet: '- ', text, textPaint: 'dim' }, drawing.look));
    left = [];
  }
  for (const item of items) {
    if (drawing.kept.has(item.key)) {
      tellLeft();
      lines.push(...renderItem(item, depth, drawing));
    } else {
      left.push(item);
    }
  }
  tellLeft();
  return lines;
}

function renderItem(item: ChecklistItem, depth: number, drawing: Drawing): readonly string[] {
  const { view, look } = drawing;
  const line = {
    depth,
    bullet: '- ',
    sign: signOf(item.status, look),
    signPaint: marks[item.status].paint,
    text: `${view.label?.(item) ?? ''}${titleOf(item.title, look)}`,
    tail: view.tail(item),
  };
  const details = view.details?.(item) ?? [];
  return [
    renderLine(line, look),
    ...details.map((text) =>
      renderLine({ depth: depth + 1, bullet: '- ', text, textPaint: 'dim' }, look),
    ),
    ...renderLevel(item.items, depth + 1, drawing),
  ];
}
