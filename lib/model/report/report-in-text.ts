/**
 * Finds the report in an agent's last words: all of them, or their last code block of JSON. An
 * agent whose definition lists its tools without StructuredOutput has no other way (measured with
 * 2.1.328).
 */
export function reportInText(text: string): object | undefined {
  return parseObject(text) ?? parseObject(lastBlock(text) ?? '');
}

/**
 * Finds the last code block, line by line: a regular expression for all of it takes hours for words
 * that open thousands of blocks.
 */
function lastBlock(text: string): string | undefined {
  const lines = text.split('\n');
  let start: number | undefined;
  let last: readonly string[] | undefined;
  for (const [index, line] of lines.entries()) {
    if (start === undefined) {
      if (/^```(?:json)?[ \t\r]*$/.test(line)) start = index + 1;
    } else if (/^```[ \t\r]*$/.test(line)) {
      last = lines.slice(start, index);
      start = undefined;
    }
  }
  return last?.join('\n');
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
