import { fstatSync, statSync } from 'node:fs';

/**
 * Whether a descriptor is a terminal. Most are pipes, files or /dev/null, which needs no node:tty:
 * that loads the network's streams, 2 ms.
 */
export function isTerminal(descriptor: number): boolean {
  return mayBeTerminal(descriptor) && process.getBuiltinModule('node:tty').isatty(descriptor);
}

/** Whether a descriptor is a terminal or was one: none is left when its window is closed. */
export function mayBeTerminal(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    return found.isCharacterDevice() && found.rdev !== statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}
