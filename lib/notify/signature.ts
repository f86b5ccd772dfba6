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
 * @param secret `whsec_` and the key in base64
 */
export function signatureHeaders({ id, timestamp, body }: Signed, secret: string | undefined) {
  const headers = { 'webhook-id': id, 'webhook-timestamp': `${timestamp}` };
  if (secret === undefined) return headers;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
