import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ApiRequest, promptText, requestBody } from './api-request.ts';
import {
  type Answer,
  type Refuse,
  type Script,
  type Step,
  type SubagentScript,
  say,
} from './script.ts';
import { renderAnswer } from './sse.ts';

export interface MockApi {
  readonly url: string;
  /** Every request so far, of all sessions, in order of arrival. */
  readonly requests: readonly ApiRequest[];
  /** What went wrong inside the mock: a script that threw, a request that it does not know. */
  readonly failures: readonly Error[];
  /** What the model answers in this session from now on, after what was queued before. */
  play(sessionId: string, script: Script): void;
  /** What it answers in sessions that others start, told by a text in their first prompt. */
  playWhere(prompt: string, script: Script): void;
  /** The requests of a session's main conversation, without its subagents'. */
  mainRequests(sessionId: string): readonly ApiRequest[];
  subagentRequests(sessionId: string): readonly ApiRequest[];
  close(): Promise<void>;
}

/** A Messages API on loopback whose model does what the test's scripts say. */
export async function startMockApi(): Promise<MockApi> {
  const requests: ApiRequest[] = [];
  const failures: Error[] = [];
  const steps = new Map<string, Step[]>();
  const subagents: SubagentScript[] = [];
  const expected: SubagentScript[] = [];

  const server = createServer((request, response) => {
    reply(request, response).catch((error: unknown) => {
      const failure = error instanceof Error ? error : new Error(String(error));
      failures.push(failure);
      sendError(response, failure.message);
    });
  });

  async function reply(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    requests.push(request);
    const answer = nextAnswer(request);
    if (answer.kind === 'refuse') return sendError(response, answer.message, answer);
    if (answer.kind === 'call') subagents.push(...answer.subagents);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(renderAnswer(answer, request.body.model));
  }

  function nextAnswer(request: ApiRequest): Answer {
    const step = queueOf(request).shift() ?? say('done');
    return typeof step === 'function' ? step(request) : step;
  }

  function queueOf(request: ApiRequest): Step[] {
    const { sessionId, agentId } = request;
    if (agentId === undefined) return steps.get(sessionId) ?? begin(request);
    const known = steps.get(agentId);
    if (known) return known;
    const prompt = promptText(request);
    const found = subagents.findIndex((each) => prompt.includes(each.prompt));
    const [script] = found < 0 ? [] : subagents.splice(found, 1);
    const queue = [...(script?.script ?? [])];
    steps.set(agentId, queue);
    return queue;
  }

  /** The first request of a session that nobody announced; the newest script that fits is its own. */
  function begin(request: ApiRequest): Step[] {
    const prompt = promptText(request);
    const found = expected.findLast((each) => prompt.includes(each.prompt));
    const queue = [...(found?.script ?? [])];
    steps.set(request.sessionId, queue);
    return queue;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    failures,
    play: (sessionId, script) =>
      void steps.set(sessionId, [...(steps.get(sessionId) ?? []), ...script]),
    playWhere: (prompt, script) => void expected.push({ prompt, script }),
    mainRequests: (sessionId) =>
      requests.filter((each) => each.sessionId === sessionId && each.agentId === undefined),
    subagentRequests: (sessionId) =>
      requests.filter((each) => each.sessionId === sessionId && each.agentId !== undefined),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  if (incoming.method !== 'POST' || pathname !== '/v1/messages') {
    throw new Error(`the mock does not know ${incoming.method} ${incoming.url}`);
  }
  return {
    sessionId: header(incoming, 'x-claude-code-session-id') ?? '',
    agentId: header(incoming, 'x-claude-code-agent-id'),
    headers: incoming.headers,
    body: requestBody.parse(JSON.parse(await text(incoming))),
  };
}

function header(incoming: IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const errorTypes: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

// 400 is the status that the CLI does not retry.
function sendError(
  response: ServerResponse,
  message: string,
  { status, headers }: Pick<Refuse, 'status' | 'headers'> = { status: 400, headers: {} },
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  const type = errorTypes[status] ?? 'invalid_request_error';
  response.end(JSON.stringify({ type: 'error', error: { type, message } }));
}
