/** Whether MySQL is tested: who cannot have it says DOCKET_TEST_MYSQLD=none (scripts/engines). */
export const hasMysql = process.env.DOCKET_TEST_MYSQLD !== 'none';
