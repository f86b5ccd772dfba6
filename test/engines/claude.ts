import { findBinary } from './binary.ts';

/** The path of the real Claude Code CLI, in the version that scripts/engines pins. */
export function claudeBinary(): string {
  return findBinary('claude');
}
