/** Matches `{{name}}`; with a backslash before it, it is text. */
const placeholder = /\\?\{\{\s*([A-Za-z][\w-]*)\s*\}\}/g;

/** Lists the names that a text has in double braces, with their lines. */
export function placeholdersIn(text: string): readonly { name: string; line: number }[] {
  return text
    .split('\n')
    .flatMap((content, index) =>
      [...content.matchAll(placeholder)]
        .filter(([whole]) => !whole.startsWith('\\'))
        .map(([, name = '']) => ({ name, line: index + 1 })),
    );
}

/**
 * Puts values into all text of a structure that has been read already: a value is a part of its
 * text, whatever it holds, and never a step or a field.
 */
export function fillIn(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(placeholder, (whole, name: string) =>
      whole.startsWith('\\') ? whole.slice(1) : (values.get(name) ?? whole),
    );
  }
  if (Array.isArray(value)) return value.map((each) => fillIn(each, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [field, fillIn(each, values)]),
  );
}
