import { DocketError } from '../model/errors.ts';

/** Looks at a task in the list, and at one in the archive where it is there. */
export async function elseArchived<T>(
  inList: () => Promise<T>,
  inArchive: () => Promise<T>,
): Promise<T> {
  try {
    return await inList();
  } catch (error) {
    if (!(error instanceof DocketError) || error.code !== 'archived') throw error;
    return inArchive();
  }
}
