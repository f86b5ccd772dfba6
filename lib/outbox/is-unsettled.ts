/** Whether nobody knows what was saved, as a store's error behind this one says. */
export function isUnsettled(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('isUnsettled' in at && at.isUnsettled === true) return true;
  }
  return false;
}
