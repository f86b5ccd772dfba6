import packageJson from '../package.json' with { type: 'json' };
import type { CommandAnswer } from './command/command.ts';

/** Answers `docket --version`. */
export function versionAnswer(): CommandAnswer {
  return { data: { version: packageJson.version }, text: packageJson.version };
}
