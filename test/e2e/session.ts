import { deepEqual, equal } from 'node:assert/strict';
import { z } from 'zod';
import { newContextText, toolResults } from '../claude/api-request.ts';
import { startClaudeConversation, type Turn } from '../claude/conversation.ts';
import type { Script } from '../claude/script.ts';
import { type HookEvent, hookEvents } from '../claude/stream-events.ts';
import type { E2eUser, Session, SessionOptions, TurnRecord } from './contract.ts';

const hookOutput = z.looseObject({ systemMessage: z.string().optional() });

/** Starts Claude Code in a folder and keeps it open over several prompts. */
export function startSession(
  { home, env, world }: E2eUser,
  cwd: string,
  options: SessionOptions = {},
): Session {
  const { mock } = world;
  const conversation = startClaudeConversation({
    ...options,
    home,
    cwd,
    mock,
    env: { ...env, ...options.env },
  });
  const id = conversation.sessionId;
  let isOpen = true;
  let seen = { main: 0, subagents: 0 };
  world.onRelease(async () => {
    if (isOpen) await conversation.kill();
  });

  async function prompt(text: string, script: Script = []): Promise<TurnRecord> {
    const told = digest(await conversation.send(text, script), options);
    const main = toolResults(told.requests.at(-1) ?? noRequest(text));
    const subagents = lastOfEach(id).flatMap(toolResults);
    const fresh = {
      results: main.slice(seen.main),
      subagentResults: subagents.slice(seen.subagents),
    };
    seen = { main: main.length, subagents: subagents.length };
    return { ...told, ...fresh };
  }

  async function command(text: string): Promise<void> {
    const { result } = await conversation.send(text, []);
    equal(result.is_error, false, `${text} failed: ${result.result}`);
    seen = { ...seen, main: 0 };
  }

  function lastOfEach(sessionId: string) {
    const requests = mock.subagentRequests(sessionId);
    return [...new Map(requests.map((each) => [each.agentId, each])).values()];
  }

  async function end(): Promise<void> {
    isOpen = false;
    equal(await conversation.end(), 0, 'Claude Code ended with an error');
  }

  return { id, prompt, command, end };
}

function digest(turn: Turn, { acceptsStderr = false }: SessionOptions) {
  equal(turn.result.is_error, false, `the turn failed: ${turn.result.result}`);
  const hooks = hookEvents(turn.events);
  const failed = hooks.filter(
    (each) => each.outcome !== 'success' || (each.stderr !== '' && !acceptsStderr),
  );
  deepEqual(failed, [], 'a hook failed or wrote to stderr');
  const [first] = turn.requests;
  return {
    context: first ? newContextText(first) : '',
    toPerson: hooks.flatMap((each) => systemMessageOf(each) ?? []),
    hooks,
    requests: turn.requests,
  };
}

function systemMessageOf({ stdout }: HookEvent): string | undefined {
  return stdout.trim() === '' ? undefined : hookOutput.parse(JSON.parse(stdout)).systemMessage;
}

function noRequest(text: string): never {
  throw new Error(`the prompt "${text}" did not reach the model`);
}
