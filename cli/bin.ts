import { run } from './main.ts';
import { createProcessIo, finish } from './terminal/process-io.ts';

/** Starts the command line. Built as CommonJS, which has no top-level await. */
async function start(): Promise<never> {
  return finish(await run(process.argv.slice(2), await createProcessIo()));
}

void start();
