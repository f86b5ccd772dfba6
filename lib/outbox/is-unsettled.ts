/** What SQLite says of a disk that fails: what was being saved may be found there later. */
const failedDisk = 10;

/** Whether nobody knows what was saved, as an error of the store behind this one tells. */
export function isUnsettled(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('isUnsettled' in at && at.isUnsettled === true) return true;
    if ('errcode' in at && (Number(at.errcode) & 0xff) === failedDisk) return true;
  }
  return false;
}
