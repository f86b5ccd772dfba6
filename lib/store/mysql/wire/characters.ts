/**
 * What a session sets for every text to come and go as it is. Not SET NAMES: Dolt 1.84 leaves its
 * COLLATE out, and then compares without regard to case.
 */
export const utf8Session =
  'character_set_client = utf8mb4, character_set_results = utf8mb4, collation_connection = utf8mb4_bin';

/**
 * Whether a server has sent a column in characters that cannot say everything. That we ask for
 * utf8mb4 when we log in does not keep a server's init_connect from setting another. `binary` is
 * what is no text.
 */
export function isLossy({ encoding }: { readonly encoding?: string | undefined }): boolean {
  return encoding !== 'utf8' && encoding !== 'binary';
}
