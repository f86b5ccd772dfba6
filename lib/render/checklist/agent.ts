import { type Look, lineOf } from './look.ts';

/** Who works on it. A name holds no bracket that could end what stands around it. */
export function nameOfAgent(agent: string, look: Look): string {
  // Brackets go first: without one between them, two harmless characters could open a tag.
  return lineOf(agent.replace(/[()[\]{}]/g, ' '), 60, look) || 'unnamed';
}
