/**
 * Starts the command line. Built as a file of its own in front of the rest, because Node's compile
 * cache works only for what is loaded after it is switched on: `docket list` takes 1.4 times a bare
 * Node.js with it, 1.7 without. CommonJS has no top-level await.
 */
void import('./start.ts').then(({ start }) => start());
