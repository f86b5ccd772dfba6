import { limits } from '../../model/limits.ts';
import { renderLine } from './line.ts';
import { type Look, lineOf } from './look.ts';

/** A task's title as one line; it may be nothing that can be seen. */
export function titleOf(title: string, look: Look, limit: number = limits.title): string {
  return lineOf(title, limit, look) || '(no title)';
}

/** `## Plan: TITLE`. */
export function headingLine(words: string, title: string, look: Look): string {
  return renderLine({ text: `## ${words}: ${titleOf(title, look)}`, textPaint: 'bold' }, look);
}
