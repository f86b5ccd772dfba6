import { writeAtomically } from '../filesystem/atomic-write.ts';
import { readText, UnfitFile } from '../filesystem/read-file.ts';
import { whyNotWritten } from '../filesystem/write-error.ts';
import { DocketError } from '../model/errors.ts';
import type { ListEvent } from '../model/notify/webhook.ts';

/** How far a target is. */
export interface Progress {
  /** The number of the last event that it accepted, that was given up, or that was not for it. */
  readonly cursor: number;
  /** The event after it, where that was tried and not accepted. */
  readonly failing?: Failing;
}

export interface Failing {
  readonly seq: number;
  /** The attempts, and those of them that count towards giving up. */
  readonly tries: number;
  readonly counted: number;
  readonly reason: string;
  /** When it is tried again, as ISO 8601. */
  readonly nextAt: string;
  readonly isGone?: boolean;
}

/** An event that was given up. */
export interface DeadLetter {
  readonly id: string;
  readonly event: ListEvent;
  readonly reason: string;
  readonly at: string;
}

/** What is remembered of one target, in two files of the person's. */
export interface TargetMemory {
  /** @throws DocketError `invalid_config`: it is broken. */
  readProgress(): Progress | undefined;
  /** Writes it in one step, on the disk before it returns. @throws DocketError `invalid_config` */
  writeProgress(progress: Progress): void;
  /** @throws DocketError `invalid_config` */
  readDead(): readonly DeadLetter[];
  /** Adds one, unless it is the last already. @throws DocketError `invalid_config` */
  addDead(letter: DeadLetter): void;
  /** Replaces all. @throws DocketError `invalid_config` */
  writeDead(letters: readonly DeadLetter[]): void;
}

/**
 * A thousand events that were given up, each shortened, take less. Where there are more, a target is
 * sent nothing until its person has seen to them.
 */
const mostBytes = 64 * 1024 * 1024;

/** Remembers a target in the files of its name in a folder. */
export function targetMemory(folder: string, name: string): TargetMemory {
  const progressPath = `${folder}/${name}.json`;
  const deadPath = `${folder}/${name}.dead.jsonl`;

  function readDead(): readonly DeadLetter[] {
    const lines = (readOwn(deadPath) ?? '').split('\n').filter(Boolean);
    return lines.map((line) => parse<DeadLetter>(line, deadPath));
  }

  return {
    readProgress() {
      const text = readOwn(progressPath);
      if (text === undefined) return undefined;
      const progress = parse<Progress>(text, progressPath);
      if (Number.isSafeInteger(progress?.cursor)) return progress;
      throw broken(progressPath);
    },
    writeProgress: (progress) => write(progressPath, JSON.stringify(progress)),
    readDead,
    addDead(letter) {
      const known = readDead();
      if (known.at(-1)?.id !== letter.id) write(deadPath, linesOf([...known, letter]));
    },
    writeDead: (letters) => write(deadPath, linesOf(letters)),
  };
}

function linesOf(letters: readonly DeadLetter[]): string {
  return letters.map((letter) => `${JSON.stringify(letter)}\n`).join('');
}

function readOwn(path: string): string | undefined {
  try {
    return readText(path, mostBytes);
  } catch (error) {
    const why = error instanceof UnfitFile ? error.message : whyNotWritten(error);
    throw new DocketError('invalid_config', `cannot read ${path}: ${why}`, { cause: error });
  }
}

function parse<T>(text: string, path: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw broken(path);
  }
}

function broken(path: string): DocketError {
  return new DocketError('invalid_config', `${path} is not as docket wrote it`, {
    hint: 'Remove it and say where to begin: docket notify --from NUMBER; docket log --json has numbers',
  });
}

function write(path: string, text: string): void {
  try {
    writeAtomically(path, text, { isPrivate: true });
  } catch (error) {
    const message = `cannot write ${path} (${whyNotWritten(error)})`;
    throw new DocketError('invalid_config', message, { cause: error });
  }
}
