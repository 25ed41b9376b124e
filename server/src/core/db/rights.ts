/** Tables of which less may be done than reading and writing: what stands there proves something. */
const LESS: Readonly<Record<string, string>> = {
  // A row is closed and hung on the chain; what it says stays, and none goes (security.md C33).
  audit_log: 'SELECT, INSERT, UPDATE (outcome, object, mac, sequence, hash)',
  audit_head: 'SELECT, INSERT, UPDATE',
  // Another answer is another row; the retention job deletes those whose time is over (security.md C03).
  consent: 'SELECT, INSERT, DELETE',
  migrations: 'SELECT',
}

/**
 * What the portal's own account in MySQL or MariaDB needs, a statement for each table and no more, so that the database
 * itself refuses to change what was agreed to or done. `account` as the server writes it, such as `'yihu'@'%'`. Tables
 * are made by another account: the one that migrates.
 */
export function rightsOf(tables: readonly string[], database: string, account: string): string[] {
  return [...tables, 'migrations'].map(
    (table) =>
      `GRANT ${LESS[table] ?? 'SELECT, INSERT, UPDATE, DELETE'} ON \`${database}\`.\`${table}\` TO ${account};`,
  )
}
