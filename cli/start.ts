import { run } from './main.ts';
import { createProcessIo, finish } from './process-io.ts';

/** Runs the process's command line and ends the process. */
export async function start(): Promise<never> {
  return finish(await run(process.argv.slice(2), await createProcessIo()));
}
