import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';

/**
 * Lets the hints of a failure name the database that the person named. What was last seen is of the
 * project's own, and is no help.
 */
export async function namingDatabase<T>(
  url: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DocketError) || url === undefined) throw error;
    const { code, message, hint } = error;
    const named = hint
      ?.replace(/; docket list --cached .*$/, '')
      .replace(/\bdocket (doctor|migrate)\b/g, `docket $1 --database ${shellWord(url)}`);
    throw new DocketError(code, message, { hint: named, cause: error });
  }
}
