import { plainJson } from '../model/plain-json.ts';
import { clip } from '../render/text/safe-text.ts';

/**
 * Keeps as much as it can of anything that an agent sent: the value itself, its JSON cut after
 * `longest` characters, or the reason why it has none.
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
