import { plainJson } from '../model/plain-json.ts';
import { clip } from '../render/text/safe-text.ts';

/**
 * What can be kept of anything that an agent said: itself, its JSON cut after `longest` characters,
 * or why it has none.
 */
export function truncatedJson(said: unknown, longest: number): unknown {
  try {
    const plain = plainJson(said, 'what the agent said');
    const text = JSON.stringify(plain);
    return text.length <= longest ? plain : clip(text, longest);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
