import { equal, ok } from 'node:assert/strict';
import type { ToolResult } from '../claude/api-request.ts';
import { bash } from '../claude/script.ts';
import type { Session } from './contract.ts';

/** Lets the session's model run one command that must succeed, and gives its output. */
export async function runInSession(session: Session, command: string): Promise<string> {
  const { results } = await session.prompt(`please run ${command}`, [bash(command)]);
  return succeeded(results[0]);
}

export function succeeded(result: ToolResult | undefined): string {
  ok(result, 'the tool was not called');
  equal(result.isError, false, `${JSON.stringify(result.input)} failed: ${result.text}`);
  return result.text;
}

export function refused(result: ToolResult | undefined): string {
  ok(result, 'the tool was not called');
  equal(result.isError, true, `${JSON.stringify(result.input)} was not refused: ${result.text}`);
  return result.text;
}

/** The first key in some output. */
export function keyIn(text: string): string {
  const key = /\b[a-z0-9-]+-[a-z0-9]{4,8}(?:\.\d+)*\b/.exec(text)?.[0];
  ok(key, `there is no key in: ${text}`);
  return key;
}
