/**
 * The report in an agent's last words: all of them, or their last code block of JSON. An agent whose
 * definition lists its tools without StructuredOutput has no other way (measured with 2.1.328).
 */
export function reportInText(text: string): object | undefined {
  const blocks = [...text.matchAll(/^```(?:json)?[ \t]*\n(.*?)^```[ \t]*$/gms)];
  return parseObject(text) ?? parseObject(blocks.at(-1)?.[1] ?? '');
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
