import type { Deadline } from '../hook-io/deadline.ts';

/**
 * The time for registering, which writes and may take longer than reading; Claude Code gives it 5 s.
 * A SQLite file sends no first byte, so one that stays locked is given up after 400 ms of pauses.
 */
export const registerDeadline: Deadline = { firstByte: 40, total: 250 };

/** The milliseconds that one attempt waits for a SQLite lock; the process stands still then. */
export const busyTimeout = 50;

/** The bytes of a file that is migrated while a person waits: some 200 ms. */
export const largestMigration = 32 * 1024 * 1024;
