import { createHash } from 'node:crypto';

const mark = /^# written by docket, which may replace it until you change it: ([0-9a-f]{16})\r?\n/m;

/**
 * Puts a line into the head of an agent's definition that says what the rest was. By it each docket
 * knows an unchanged file of any other version, whoever installed it and on which machine.
 */
export function markAgent(definition: string): string {
  const line = `# written by docket, which may replace it until you change it: ${digest(definition)}\n`;
  return definition.replace(/^---\n/, (start) => `${start}${line}`);
}

/** Whether docket wrote a definition and nobody has changed it since. */
export function isUnchangedAgent(text: string): boolean {
  const [line, found] = mark.exec(text) ?? [];
  return line !== undefined && digest(text.replace(line, '')) === found;
}

/** Line ends are git's matter. */
function digest(text: string): string {
  const plain = text.replaceAll('\r\n', '\n');
  return createHash('sha256').update(plain).digest('hex').slice(0, 16);
}
