const key = /^[a-z][a-z0-9-]{0,40}-[a-z0-9]{1,16}(?:\.[0-9]{1,6}){0,40}$/;

/**
 * A key, as docket makes them. Readers put keys into commands, so what somebody wrote into the
 * database past docket is not shown as one: it could end the command and begin another.
 */
export function renderKey(text: string): string {
  return key.test(text) ? text : '‹not a key›';
}
