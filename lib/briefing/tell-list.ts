import { compareHolders, compareWithKnown, isSameList } from '../model/prompt/changes.ts';
import { absenceAt, type Known, knownOf } from '../model/prompt/known.ts';
import type { PromptReading, Since } from '../model/prompt/news.ts';
import type { IsOwn } from '../model/prompt/task-change.ts';
import { layOutBlock } from '../render/prompt/block.ts';
import { renderChanges } from '../render/prompt/changes.ts';
import type { PromptReader } from '../render/prompt/reader.ts';

/** What a reader is told of a list, and what it knows then. */
export interface Told {
  /** Missing when there is nothing new. */
  readonly text?: string;
  readonly known: Known;
}

export interface Telling {
  /** What the reader was told before; missing when it is to be shown the whole. */
  readonly known: Known | undefined;
  readonly reader: PromptReader;
  readonly isOwn: IsOwn;
}

/**
 * Names what is to be read beside a list for a reader who knows an earlier one: of the tasks that it
 * knows, and of others that its session waits for.
 */
export function sinceOf({ version, seq, tasks }: Known, awaited: readonly string[] = []): Since {
  return { version, seq, keys: [...new Set([...tasks.map(({ key }) => key), ...awaited])] };
}

/** Tells what has changed, or the whole list where that is shorter or nothing else will do. */
export function tellList(reading: PromptReading, { known, reader, isOwn }: Telling): Told {
  const { list } = reading;
  const absence = absenceAt(list, reader.probe);
  const isSame = known !== undefined && isSameList(known, list);
  const held = isSame ? compareHolders(known, list, absence) : undefined;
  // Most prompts end here, so that nothing is laid out for them.
  if (held?.tasks.length === 0) return { known: held.known };
  const { text: block, shown } = layOutBlock(list, reader);
  const whole = { text: block, known: knownOf(list, shown, absence) };
  if (known === undefined) return whole;
  const changes =
    held ?? compareWithKnown({ known, reading: ofKnown(reading, known), shown, absence, isOwn });
  if (changes === undefined) return whole;
  if (changes.tasks.length + changes.plans.length === 0) return { known: changes.known };
  const text = renderChanges(list, changes, reader);
  return text.length < block.length ? { text, known: changes.known } : whole;
}

/** Leaves out what was read of tasks that the reader does not know, which others are told of. */
function ofKnown({ list, news }: PromptReading, { tasks }: Known): PromptReading {
  if (news === undefined || news.tasks.length === tasks.length)
    return { list, ...(news && { news }) };
  const keys = new Set(tasks.map(({ key }) => key));
  return { list, news: { ...news, tasks: news.tasks.filter(({ key }) => keys.has(key)) } };
}
