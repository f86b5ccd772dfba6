const key = /^[a-z][a-z0-9-]{0,40}-[a-z0-9]{1,16}(?:\.[0-9]{1,6}){0,40}$/;

/**
 * Renders a key in docket's own form. A session puts keys into commands, so text that somebody
 * wrote into the database past docket is not shown as one: it could end the command and begin
 * another.
 */
export function renderKey(text: string): string {
  return key.test(text) ? text : '‹not a key›';
}
