// What helps with any command, in a bundle of its own.

/** Loads what runs a command again and again. */
export const loadWatch = () => import('./command/watch.ts');

/** Loads what starts an editor. */
export const loadEditor = () => import('./terminal/editor.ts');

/** Loads what answers a shell that completes a word. */
export const loadCompletion = () => import('./completion/answer.ts');
