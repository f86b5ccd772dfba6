import { type Look, lineOf } from './look.ts';

/** Who works on it. A name holds no bracket that could end what stands around it. */
export function nameOfAgent(agent: string, look: Look): string {
  return (
    lineOf(agent, 60, look)
      .replace(/[()[\]{}]/g, '')
      .trim() || 'unnamed'
  );
}
