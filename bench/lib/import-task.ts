/** What one run of bench/import-runner.ts is to do. */
export interface ImportTask {
  /** The real import, or one of the two that bench/floor-import.ts describes. */
  readonly kind: 'ours' | 'floor' | 'one-table'
  readonly engine: 'sqlite' | 'mariadb'
  readonly file: string
  /** The floor's database. */
  readonly sqliteFile: string
  /** The real import's database, whose tables the floor's are made like. */
  readonly patternFile: string
  readonly mariadbPort: number
  readonly database: string
}
