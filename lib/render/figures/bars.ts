/** One line of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Stands behind the bar instead of the value: `10000+`. */
  readonly text?: string;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * Draws bars from the left, the longest `width` columns long. A value above 0 always shows. All
 * labels must be as long as each other.
 */
export function renderBars(
  bars: readonly Bar[],
  { width, ascii }: { readonly width: number; readonly ascii: boolean },
): readonly string[] {
  const most = bars.reduce((highest, { value }) => Math.max(highest, value), 0);
  return bars.map(({ label, value, text = String(value) }) => {
    const length = most === 0 ? 0 : (value / most) * width;
    const bar = ascii ? '#'.repeat(atLeastOne(length, value)) : blocks(length, value);
    return [label, bar, text].filter((part) => part !== '').join('  ');
  });
}

function atLeastOne(length: number, value: number): number {
  return value > 0 ? Math.max(1, Math.round(length)) : 0;
}

function blocks(length: number, value: number): string {
  const units = value > 0 ? Math.max(1, Math.round(length * 8)) : 0;
  return '█'.repeat(units >> 3) + (eighths[units % 8] ?? '');
}

/** Columns of a bar of progress. */
const progressWidth = 10;

/** Draws how much of something is done; a bar is full, or empty, only when all is or nothing. */
export function renderProgressBar(
  { done, total }: { readonly done: number; readonly total: number },
  { ascii }: { readonly ascii: boolean },
): string {
  const part = total === 0 ? 0 : (done / total) * progressWidth;
  const filled = part > progressWidth / 2 ? Math.floor(part) : Math.ceil(part);
  const [full, empty] = ascii ? ['#', '.'] : ['█', '░'];
  return full.repeat(filled) + empty.repeat(progressWidth - filled);
}
