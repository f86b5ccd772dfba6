import { type OutputStyle, paint } from './style.ts';

/** What begins a line that can be typed, as against a sentence. */
const command = /^(?:docket|DOCKET_[A-Z]+=\S+|chmod|git|\.\/|--)[\s\w]/;

/** Says what to do next, as the last line of an answer or an error: `  try: docket list --all`. */
export function renderHint(hint: string, style: OutputStyle): string {
  return paint(style, 'dim', `  ${command.test(hint) ? 'try: ' : ''}${hint}`);
}

/** Puts what to do next below a sentence. */
export function withHint(text: string, hint: string, style: OutputStyle): string {
  return `${text}\n${renderHint(hint, style)}`;
}
