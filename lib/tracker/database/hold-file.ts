/** Holds a file for this process alone, as `store/sqlite/hold-file.ts` says. @throws StoreError */
export async function holdFile(path: string): Promise<(() => void) | undefined> {
  const sqlite = await import('../../store/sqlite/hold-file.ts');
  return sqlite.holdFile(path);
}
