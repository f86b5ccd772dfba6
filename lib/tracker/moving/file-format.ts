import * as z from 'zod/mini';
import { slugPattern } from '../../model/key.ts';

/** The format of docket's own file; another one means other lines. */
export const fileFormat = 1;

/** The most bytes of one line: every field at its limit, escaped, has a third of it. */
export const longestLine = 64 * 1024 * 1024;

const count = z.int().check(z.nonnegative());
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const time = z.string().check(z.regex(timePattern));

/** The first line. */
export const FileHead = z.object({
  docket: z.literal('list'),
  format: z.int(),
  version: z.string(),
  schema: z.int(),
  at: z.string(),
  workspace: z.object({
    id: z.string().check(z.minLength(1), z.maxLength(36)),
    slug: z.string().check(z.regex(slugPattern), z.maxLength(32)),
    seq: count,
    task_count: count,
    root_commit: z.nullable(z.string().check(z.maxLength(64))),
    origin: z.nullable(z.string().check(z.maxLength(500))),
    created_at: time,
    created_by: z.string().check(z.maxLength(200)),
  }),
  counts: z.record(z.string(), count),
});
export type FileHead = z.infer<typeof FileHead>;

/** The last line. */
export const FileEnd = z.object({
  end: z.literal('list'),
  rows: count,
  sha256: z.string(),
});
export type FileEnd = z.infer<typeof FileEnd>;

export function isTime(value: string): boolean {
  return timePattern.test(value) && !Number.isNaN(Date.parse(value));
}
