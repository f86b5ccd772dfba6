/**
 * Defaults that servers in the field really have, so that whoever relies on better ones is found out
 * here: no strict mode (it cuts 600 characters to 500), latin1, a clock that is not UTC.
 */
export const unfriendly: readonly string[] = [
  '--sql-mode=',
  '--character-set-server=latin1',
  '--collation-server=latin1_swedish_ci',
  '--default-time-zone=+05:30',
];
