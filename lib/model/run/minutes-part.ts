// Without zod: what completes a task makes its work item, and hooks share that code.

/** Whence time comes: a clock, an agent's report, a person's word. */
export const minutesOrigins = ['measured', 'proposed', 'said'] as const;

/** A part of what is known of a task's time, and whether it is billed. */
export interface MinutesPart {
  readonly from: (typeof minutesOrigins)[number];
  /** The agent or the person; null for what was measured, and where nobody is known. */
  readonly by: string | null;
  readonly ms: number;
  readonly billed: boolean;
}

/** Reads the parts of an item's minutes as stored; what is no part is left out. */
export function readMinutesParts(json: string | null): readonly MinutesPart[] {
  try {
    const list: unknown = JSON.parse(json ?? '[]');
    return Array.isArray(list) ? list.flatMap(readPart) : [];
  } catch {
    return [];
  }
}

function readPart(value: unknown): readonly MinutesPart[] {
  if (typeof value !== 'object' || value === null) return [];
  const { from, by, ms, billed }: Readonly<Record<string, unknown>> = { ...value };
  const origin = minutesOrigins.find((each) => each === from);
  if (origin === undefined || typeof ms !== 'number' || !Number.isSafeInteger(ms)) return [];
  return [{ from: origin, by: typeof by === 'string' ? by : null, ms, billed: billed === true }];
}
