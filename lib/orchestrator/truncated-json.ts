import { plainJson } from '../model/plain-json.ts';
import { clip } from '../render/text/safe-text.ts';

/**
 * Anything that an agent sent, as far as it can be kept: the value itself, its JSON cut after
 * `longest` characters, or why it has none.
 */
export function truncatedJson(value: unknown, longest: number): unknown {
  try {
    const plain = plainJson(value, 'what the agent said');
    const text = JSON.stringify(plain);
    return text.length <= longest ? plain : clip(text, longest);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
