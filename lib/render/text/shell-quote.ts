/**
 * Text that Claude Code's permission rules let through inside a quoted shell argument. Measured
 * with the CLI 2.1.328: a command is not allowed by a rule when it holds one of these characters,
 * even inside single quotes.
 */
const refused =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/gu;

/** One line of text without what the rules refuse, whatever it is put into. */
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
 * One argument for a POSIX shell, in a form that an allow rule for the command accepts: single
 * quotes, or double ones where the text has an apostrophe. Where nothing would mean itself in
 * either, the apostrophe becomes a typographic one.
 */
export function quoteArgument(text: string): string {
  const line = allowedLine(text);
  if (line.includes("'") && !/[\\"$`!]/u.test(line)) return `"${line}"`;
  return `'${line.replaceAll("'", '’')}'`;
}

/**
 * A line for a quoted heredoc. The rules refuse a brace that is followed by a quote there, so
 * straight quotes become typographic ones.
 */
export function heredocLine(text: string): string {
  return allowedLine(text).replaceAll('"', '”').replaceAll("'", '’');
}
