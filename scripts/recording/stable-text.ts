const keys = ['web-k3f9', 'web-a3b2', 'web-9zk2', 'web-77qa', 'web-m4tr', 'web-e8cd'];
const tags = ['3f2a', 'c41d'];

/** Makes a function that gives random keys and tags of sessions fixed ones in order of appearance. */
export function stableText(): (text: string) => string {
  const key = inOrder(keys);
  const tag = inOrder(tags);
  return (text) =>
    text
      .replace(/\bweb-[a-z0-9]{4}\b/g, key)
      .replace(/(?<=#)[a-z0-9]{4}\b/g, tag)
      .replace(/ at="[^"]*"/g, ' at="2026-11-21T10:02Z"')
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-11-21T10:02:00.000Z')
      // On a slow machine a minute has gone by.
      .replace(/\b\d+ min ago\b/g, 'just now')
      .replace(/\b\d+ min\b/g, 'now');
}

function inOrder(fixed: readonly string[]): (found: string) => string {
  const known = new Map<string, string>();
  return (found) => {
    const name = known.get(found) ?? fixed[known.size];
    if (name === undefined)
      throw new Error(`there are more than ${fixed.length} names in the story`);
    known.set(found, name);
    return name;
  };
}
