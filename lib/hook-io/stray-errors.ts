type Handler = (error: unknown) => void;

const handlers: Handler[] = [];

/**
 * Catches errors that are thrown where nobody can catch them, such as in a driver's socket. Of
 * several handlers the newest gets the error.
 *
 * @returns a function that takes the handler away.
 */
export function catchStrayErrors(handler: Handler): () => void {
  if (handlers.length === 0) process.on('uncaughtException', dispatch);
  handlers.push(handler);
  return () => {
    const index = handlers.indexOf(handler);
    if (index === -1) return;
    handlers.splice(index, 1);
    if (handlers.length === 0) process.off('uncaughtException', dispatch);
  };
}

function dispatch(error: unknown): void {
  handlers.at(-1)?.(error);
}
