const heading = /^\s{0,3}#{1,6}\s+/;
const fence = /^\s{0,3}(```|~~~)/;
const rule = /^\s*([-*_]\s*){3,}$/;
const bullet = /^\s*([-*+]|\d+[.)])\s+/;

/**
 * Gives what a Markdown text says first, as one line: its first paragraph or item, without what
 * marks it up. Headings and code come later than that; a text of nothing else is its first line.
 */
export function firstParagraph(text: string): string {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => line.trim() !== '' && !isFrame(line));
  if (begin === -1)
    return plain((lines.find((line) => line.trim() !== '') ?? '').replace(heading, ''));
  const [first = '', ...rest] = lines.slice(begin);
  const end = rest.findIndex((line) => line.trim() === '' || isFrame(line) || bullet.test(line));
  return plain([first.replace(bullet, ''), ...(end === -1 ? rest : rest.slice(0, end))].join(' '));
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
