import type { PostResult } from './post.ts';

/**
 * What an attempt comes to. `away`: the receiver cannot be reached, or asks for patience, which says
 * nothing of the event; `refused` and `failed` count until docket gives the event up; `gone`: the
 * receiver wants no more.
 */
export type Verdict =
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'away' | 'refused' | 'failed' | 'gone';
      readonly reason: string;
      /** Milliseconds that the receiver asks to be left alone. */
      readonly pause: number;
    };

/** Timed out, too early, too many; and what a proxy says of a receiver that is not there. */
const away: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);

export function judge(result: PostResult, now: number): Verdict {
  if (result.kind !== 'answered') {
    const kind = result.kind === 'unreached' ? 'away' : 'failed';
    return { kind, reason: result.reason, pause: 0 };
  }
  const { status } = result;
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  const pause = readRetryAfter(result.retryAfter, now);
  // A redirect is not followed: an address is the person's word alone.
  const reason = `it answers ${status}${status >= 300 && status < 400 ? ', a redirect' : ''}`;
  if (status === 410) return { kind: 'gone', reason, pause };
  if (away.has(status)) return { kind: 'away', reason, pause };
  return { kind: status >= 500 ? 'failed' : 'refused', reason, pause };
}

/** Reads Retry-After, which has seconds or a date; 0 for anything else. */
function readRetryAfter(text: string | undefined, now: number): number {
  if (text === undefined) return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Not what Date.parse takes for a date beside that.
  const date = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text);
  return date ? Math.max(0, Date.parse(text) - now || 0) : 0;
}
