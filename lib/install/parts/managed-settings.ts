import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The settings that a computer's administrator gives Claude Code: one file, and more beside it. */
export function managedSettingsFiles(folder = managedFolder()): readonly string[] {
  const more = join(folder, 'managed-settings.d');
  return [
    join(folder, 'managed-settings.json'),
    ...namesIn(more)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
      .map((name) => join(more, name)),
  ];
}

function managedFolder(): string {
  return process.platform === 'darwin'
    ? '/Library/Application Support/ClaudeCode'
    : '/etc/claude-code';
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
