import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';
import { freshDatabase } from '../engines/database.ts';
import type { ServerEngine } from '../engines/engines.ts';
import { type ServerProxy, startProxy } from '../engines/server-proxy.ts';

/** Makes a person's list on a server behind a proxy, gone after the test. */
export async function listBehindProxy(
  engine: ServerEngine,
  context: Parameters<typeof freshDatabase>[1],
): Promise<{ readonly alice: CliHarness; readonly proxy: ServerProxy }> {
  const { url } = await freshDatabase(engine, context);
  const proxy = await startProxy(Number(new URL(url).port));
  context.onTestFinished(() => proxy.close());
  const throughProxy = url.replace(/:\d+\//, `:${proxy.port}/`);
  const alice = openCliHarness().with({ env: { DOCKET_DATABASE: throughProxy } });
  await alice.text('trust', throughProxy);
  await alice.text('migrate');
  return { alice, proxy };
}
