import { post } from '../../lib/notify/post.ts';

// Sends one message to the address that is given, and prints what came of it.

const [url = ''] = process.argv.slice(2);
const request = { url: new URL(url), isPrivate: true, headers: {}, body: '{}' };
const result = await post(request, { signal: new AbortController().signal });
process.stdout.write(JSON.stringify(result));
