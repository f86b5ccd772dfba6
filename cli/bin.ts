/** Starts the command line. Built as CommonJS, which has no top-level await. */
async function start(): Promise<never> {
  const [{ run }, { createProcessIo, finish }] = await Promise.all([
    import('./main.ts'),
    import('./process-io.ts'),
  ]);
  return finish(await run(process.argv.slice(2), await createProcessIo()));
}

void start();
