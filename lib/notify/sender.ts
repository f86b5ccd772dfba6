import type { NotifyTarget } from '../config/notify-targets.ts';
import type { ListEvent } from '../model/notify/webhook.ts';
import { type ListName, messageBody, messageId } from './message.ts';
import { type PostOptions, post } from './post.ts';
import { signatureHeaders } from './signature.ts';
import { judge, type Verdict } from './verdict.ts';

/** How the network is used, where that is not as usual. */
export interface HttpOptions extends Pick<PostOptions, 'timeoutMs' | 'resolve'> {
  /** Milliseconds that a message under way has, when the person ends it. */
  readonly graceMs?: number;
}

/** Milliseconds that a message under way has by default, when the person ends it. */
export const usualGraceMs = 5_000;

/** Sends messages; one that is under way when it is to end has some seconds still. */
export function makeSender(
  list: ListName,
  { signal, http }: { readonly signal: AbortSignal; readonly http: HttpOptions | undefined },
) {
  const { graceMs = usualGraceMs, ...options } = http ?? {};
  const hurry = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    timer = setTimeout(() => hurry.abort(), graceMs);
  };
  signal.addEventListener('abort', soon, { once: true });

  async function send(target: NotifyTarget, event: ListEvent): Promise<Verdict> {
    const { url, isPrivate, secrets, format } = target;
    const body = messageBody(format, { event, list });
    const signed = { id: messageId(event, list), timestamp: Math.floor(Date.now() / 1_000), body };
    const headers = signatureHeaders(signed, secrets);
    const result = await post(
      { url, isPrivate, headers, body },
      { ...options, signal: hurry.signal },
    );
    return judge(result, Date.now());
  }

  return {
    send,
    stop() {
      signal.removeEventListener('abort', soon);
      clearTimeout(timer);
    },
  };
}
