import { withoutLead } from './label.ts';

/** The names that agents give to the parts of an entry, by what they mean. */
const names = {
  weight: ['severity', 'level'],
  place: ['file', 'path', 'location', 'where'],
  line: ['line', 'line_number', 'lines'],
  text: ['issue', 'problem', 'description', 'message', 'finding', 'what', 'title', 'name', 'text'],
  fix: ['fix', 'suggested_fix', 'suggestion', 'recommendation', 'solution'],
} as const;

/**
 * Writes an object of a report as a sentence: `critical api/auth.py:88: tokens stored unhashed.
 * Fix: hash them`. Parts of other names follow with their names; undefined when none is known.
 */
export function entrySentence(entry: Readonly<Record<string, unknown>>): string | undefined {
  const left = new Map(Object.entries(entry).filter(([, value]) => wordsOf(value) !== ''));
  const take = (part: keyof typeof names) => {
    const name = names[part].find((each) => left.has(each));
    const value = name === undefined ? '' : wordsOf(left.get(name));
    if (name !== undefined) left.delete(name);
    return value;
  };
  const [weight, place, said, fix] = [take('weight'), take('place'), take('text'), take('fix')];
  if (said === '' && (place === '' || fix === '')) return undefined;
  // Without a file a line is a part like any other.
  const own = place === '' ? '' : take('line');
  const { text, line = own } = withoutPlace(withoutWeight(said, weight), place);
  const where = [weight, line === '' ? place : `${place}:${line}`].filter(Boolean).join(' ');
  const others = [...left].map(
    ([name, value]) => `${name.replaceAll('_', ' ')}: ${wordsOf(value)}`,
  );
  const sentences = [text, fix === '' ? '' : `Fix: ${withoutLead(fix, ['Fix'])}`, ...others].filter(
    Boolean,
  );
  return [where, sentences.map(withoutStop).join('. ')].filter(Boolean).join(': ');
}

/** Takes the weight off a text that begins with it, as in `[High] no test` and `high: no test`. */
function withoutWeight(text: string, weight: string): string {
  const bare = withoutLead(text, [weight, `[${weight}]`, `(${weight})`]);
  const [begin, end] = [text.slice(0, weight.length + 2), text.slice(weight.length + 2).trim()];
  const isFramed = begin.toLowerCase() === `[${weight.toLowerCase()}]` && weight !== '';
  return bare === text && isFramed && end !== '' ? end : bare;
}

/** Takes the place off a text that begins with it, and reads the line there: `a.ts:3: no test`. */
function withoutPlace(
  text: string,
  place: string,
): { readonly text: string; readonly line?: string } {
  if (place === '' || !text.startsWith(place)) return { text };
  const rest = /^(?::(\d+(?:-\d+)?))?(?:\s*[:–—]|\s+-)?\s+(\S.*)$/s.exec(text.slice(place.length));
  if (rest === null) return { text };
  const [, line, bare = ''] = rest;
  return line === undefined ? { text: bare } : { text: bare, line };
}

/** Writes a part of an entry in words: plain values, and lists of them; deeper ones as JSON. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) {
    return value.map(String).join(', ');
  }
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

function withoutStop(sentence: string, index: number, all: readonly string[]): string {
  return index === all.length - 1 ? sentence : sentence.replace(/\.$/, '');
}
