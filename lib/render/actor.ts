import { safeLine } from './safe-text.ts';

/**
 * Whoever acts, as user@host. People name themselves, so a name holds nothing that reads as more
 * than a name: no space or bracket that ends it, and not "you".
 */
export function renderActor(actor: string, limit = 60): string {
  const name = safeLine(actor, limit)
    .replace(/[\u200c\u200d]/gu, '')
    .replace(/[\s,;()[\]{}"#‹]+/gu, '_');
  return /^_*you(?![a-z0-9])/iu.test(name) || name === '' ? `‹${name}›` : name;
}
