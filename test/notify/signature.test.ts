import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { signatureHeaders } from '../../lib/notify/signature.ts';
import { openNotifiedList, secret } from './notified-list.ts';
import { startReceiver } from './receiver.ts';

test('a message is signed as the Standard Webhooks libraries sign it', () => {
  // The vector that the libraries of the specification test themselves by.
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  expect(signatureHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

/** Signs with another program, by the specification alone. */
function signWithOpenssl(text: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64').toString('hex');
  const words = ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${key}`, '-binary'];
  return execFileSync('openssl', words, { input: text }).toString('base64');
}

test('another program finds the signature right of what arrived, and wrong of anything else', async () => {
  const list = await openNotifiedList();
  const receiver = await startReceiver();
  await list.create('Zoë’s “key” 🦊 \\u0000 </script>');
  await list.once(list.telling([{ url: receiver.url }]), { from: 0 });
  const [{ headers = {}, body = '' } = {}] = receiver.received;
  const time = headers['webhook-timestamp'];
  expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(300);
  const text = `${headers['webhook-id']}.${time}.${body}`;
  expect(headers['webhook-signature']).toBe(`v1,${signWithOpenssl(text)}`);
  for (const other of [`${text} `, text.replace('Zo', 'zo'), text.replace('.', ',')]) {
    expect(headers['webhook-signature']).not.toBe(`v1,${signWithOpenssl(other)}`);
  }
  expect(JSON.parse(body).data.task.title).toBe('Zoë’s “key” 🦊 \\u0000 </script>');
});

test('what has no secret, such as Slack’s, is not signed', () => {
  const headers = signatureHeaders({ id: 'msg_1', timestamp: 1, body: '' }, []);
  expect(headers).toEqual({ 'webhook-id': 'msg_1', 'webhook-timestamp': '1' });
});

test('the page shows a receiver how to tell what is genuine', async () => {
  const page = readFileSync(new URL('../../docs/notify.md', import.meta.url), 'utf8');
  const [, example = ''] = /^```js\n(.*?)^```$/ms.exec(page) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'docket-receiver-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  writeFileSync(join(folder, 'receiver.mjs'), example);
  const { isGenuine } = await import(join(folder, 'receiver.mjs'));
  const timestamp = Math.floor(Date.now() / 1_000);
  const message = { id: 'msg_1', timestamp, body: '{"a":"é"}' };
  const headers = signatureHeaders(message, [secret]);
  expect(isGenuine(headers, message.body, secret)).toBe(true);
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  // Whoever knows the new secret or the old one finds it genuine while both sign.
  const both = signatureHeaders(message, [other, secret]);
  for (const known of [other, secret]) expect(isGenuine(both, message.body, known)).toBe(true);
  const third = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
  expect(isGenuine(both, message.body, third)).toBe(false);
  expect(isGenuine(both, '{"a":"e"}', secret)).toBe(false);
  expect(isGenuine(headers, '{"a":"e"}', secret)).toBe(false);
  expect(isGenuine({ ...headers, 'webhook-id': 'msg_2' }, message.body, secret)).toBe(false);
  expect(isGenuine({}, message.body, secret)).toBe(false);
  const { 'webhook-signature': right = '' } = headers;
  const foreign = { ...headers, 'webhook-signature': right.replace(/.$/, 'é') };
  expect(isGenuine(foreign, message.body, secret)).toBe(false);
  expect(isGenuine(headers, message.body, other)).toBe(false);
  const old = { ...message, timestamp: timestamp - 400 };
  expect(isGenuine(signatureHeaders(old, [secret]), message.body, secret)).toBe(false);
});
