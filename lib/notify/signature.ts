import { createHmac } from 'node:crypto';

/** What is signed of a message. */
export interface Signed {
  /** The message's id, the same at each attempt. */
  readonly id: string;
  /** The time of the attempt, in seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * Gives the headers by which the receiver knows who sent a message, when, and that nobody changed it:
 * those of the Standard Webhooks specification, with HMAC-SHA256.
 *
 * @param secrets each `whsec_` and the key in base64; of several the receiver needs to know one
 */
export function signatureHeaders(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const headers = { 'webhook-id': id, 'webhook-timestamp': `${timestamp}` };
  if (secrets.length === 0) return headers;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { ...headers, 'webhook-signature': signatures.join(' ') };
}
