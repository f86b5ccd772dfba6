import type { MysqlConnection } from './wire/connection.ts';

// One a database. Names end at 64 characters on MySQL, as database names do, so a hash of it.
const name = "CONCAT('docket.', SHA1(DATABASE()))";

export interface Wait {
  /** How long one holder is waited for. */
  readonly seconds: number;
  /** How often, when holders change meanwhile: then the queue moves, and is worth its time. */
  readonly rounds: number;
}

/**
 * Runs `work` while holding the database's named lock, or without it when it could not be had.
 * Servers free it when its holder's connection ends. It is a queue and never what correctness rests
 * on: on Galera it holds for one node, on Dolt a sleeping holder keeps it for as long as it sleeps.
 */
export async function withNamedLock<T>(
  connection: MysqlConnection,
  wait: Wait,
  work: (isHeld: boolean) => Promise<T>,
): Promise<T> {
  const isHeld = await take(connection, wait);
  try {
    return await work(isHeld);
  } finally {
    if (isHeld && connection.isOpen) {
      // What `work` gave or threw matters more than a lock that ends with the connection anyway.
      await connection.query(`SELECT RELEASE_LOCK(${name})`).catch(() => {});
    }
  }
}

async function take(connection: MysqlConnection, { seconds, rounds }: Wait): Promise<boolean> {
  const patience = (seconds + 10) * 1000;
  let holder: unknown;
  for (let round = 0; round <= rounds; round += 1) {
    // At first without waiting, to learn whom it is that the next round waits for.
    const [row] = await connection.query(
      `SELECT GET_LOCK(${name}, ${round === 0 ? 0 : seconds}) AS held,
         IS_USED_LOCK(${name}) AS holder`,
      [],
      { patience },
    );
    if (Number(row?.held) === 1) return true;
    if (round > 0 && row?.holder === holder) return false;
    holder = row?.holder;
  }
  return false;
}
