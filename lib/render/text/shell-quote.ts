/**
 * Characters that keep Claude Code's permission rules from allowing a command, even inside single
 * quotes. Measured with the CLI 2.1.328.
 */
const refused =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/gu;

/** Takes what the rules refuse out of a text and makes it one line. */
export function allowedLine(text: string): string {
  let line = text;
  // What is taken out can bring together what is refused.
  for (;;) {
    const next = takeOut(line);
    if (next === line) return line;
    line = next;
  }
}

function takeOut(text: string): string {
  return text
    .replace(refused, ' ')
    .replace(/[\ud800-\udfff]/gu, '')
    .replace(/\\u(?=[0-9a-f]{4})/giu, 'u')
    .replace(/\\(?=\s|$)/gu, '')
    .replace(/~\[/gu, '~ [')
    .replace(/(^|[\s;&|])=(?=[a-z_])/giu, '$1= ')
    .replace(/<(\d*)-(\d*)>/gu, '$1-$2')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Quotes one argument for a POSIX shell so that an allow rule for the command accepts it: in single
 * quotes, or in double ones where the text has an apostrophe. Where neither would keep the text as
 * it is, the apostrophe becomes a typographic one.
 */
export function quoteArgument(text: string): string {
  const line = allowedLine(text);
  if (line.includes("'") && !/[\\"$`!]/u.test(line)) return `"${line}"`;
  return `'${line.replaceAll("'", '’')}'`;
}

/**
 * Makes a text a line of a quoted heredoc. The rules refuse a brace that is followed by a quote
 * there, so straight quotes become typographic ones.
 */
export function heredocLine(text: string): string {
  return allowedLine(text).replaceAll('"', '”').replaceAll("'", '’');
}
