const heading = /^\s{0,3}#{1,6}\s+/;
const fence = /^\s{0,3}(```|~~~)/;
const rule = /^\s*([-*_]\s*){3,}$/;
const bullet = /^\s*([-*+]|\d+[.)])\s+/;

/**
 * Gives what a Markdown text says first, as one line: its first paragraph or item, without what
 * marks it up, and with the list that it announces by a colon. Headings and code come later than
 * that; a text of nothing else is its first line.
 */
export function firstParagraph(text: string): string {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => line.trim() !== '' && !isFrame(line));
  if (begin === -1)
    return plain((lines.find((line) => line.trim() !== '') ?? '').replace(heading, ''));
  const [first = '', ...rest] = lines.slice(begin);
  const end = rest.findIndex((line) => line.trim() === '' || isFrame(line) || bullet.test(line));
  const paragraph = plain(
    [first.replace(bullet, ''), ...(end === -1 ? rest : rest.slice(0, end))].join(' '),
  );
  const list = paragraph.endsWith(':') && end !== -1 ? listIn(rest.slice(end)) : [];
  return list.length === 0 ? paragraph : `${paragraph} ${list.map(plain).join('; ')}`;
}

/** Reads the items of the list that these lines begin with; none where they begin otherwise. */
function listIn(lines: readonly string[]): readonly string[] {
  const items: string[][] = [];
  for (const line of lines) {
    if (isFrame(line)) break;
    if (bullet.test(line)) items.push([line.replace(bullet, '')]);
    else if (line.trim() !== '' && !/^\s/.test(line)) break;
    else items.at(-1)?.push(line);
  }
  return items.map((item) => item.join(' '));
}

function isFrame(line: string): boolean {
  return heading.test(line) || fence.test(line) || rule.test(line);
}

/** Takes the stars of bold type away; single ones may be a pattern of files. */
function plain(text: string): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
