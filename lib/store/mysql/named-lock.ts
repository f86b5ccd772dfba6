import type { MysqlConnection } from './connection.ts';

// One a database. Names end at 64 characters on MySQL, as database names do, so a hash of it.
const name = "CONCAT('docket.', SHA1(DATABASE()))";

/**
 * Runs `work` while holding the database's named lock, or without it after `seconds`. Servers free
 * it when its holder's connection ends. It is a queue and never what correctness rests on: on
 * Galera it holds for one node, on Dolt a sleeping holder keeps it for as long as it sleeps.
 */
export async function withNamedLock<T>(
  connection: MysqlConnection,
  seconds: number,
  work: (isHeld: boolean) => Promise<T>,
): Promise<T> {
  const patience = (seconds + 10) * 1000;
  const [row] = await connection.query(`SELECT GET_LOCK(${name}, ${seconds}) AS held`, [], {
    patience,
  });
  const isHeld = Number(row?.held) === 1;
  try {
    return await work(isHeld);
  } finally {
    if (isHeld && connection.isOpen) {
      // What `work` gave or threw matters more than a lock that ends with the connection anyway.
      await connection.query(`SELECT RELEASE_LOCK(${name})`).catch(() => {});
    }
  }
}
