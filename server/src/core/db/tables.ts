import { EntitySchema, type EntitySchemaColumnOptions, type QueryRunner, Table } from 'typeorm'

/**
 * A column as the features declare it. One declaration makes the TypeORM EntitySchema and the migration's table,
 * so the two cannot drift apart. Only types that behave alike on SQLite and MariaDB exist here: text, integers
 * and bytes of text; money is integer fen and instants are epoch milliseconds, both within 2^53.
 */
export interface Column {
  readonly type: 'varchar' | 'text' | 'int' | 'bigint'
  readonly length: number | null
  readonly nullable: boolean
  orNull(): Column
}

function column(type: Column['type'], length: number | null = null, nullable = false): Column {
  return { type, length, nullable, orNull: () => column(type, length, true) }
}

export const col = {
  /** Ids, hashes, codes: compared byte by byte. */
  key: (length: number) => column('varchar', length),
  /** Words that people read, at most this many characters. */
  words: (length: number) => column('varchar', length),
  /** Long text: JSON, raw callback bodies. */
  text: () => column('text'),
  int: () => column('int'),
  fen: () => column('bigint'),
  /** Epoch milliseconds, UTC. */
  instant: () => column('bigint'),
  /** 0 or 1. */
  flag: () => column('int'),
}

export interface TableDefinition<Row> {
  readonly columns: { readonly [K in keyof Row & string]: Column }
  readonly primaryKey: readonly (keyof Row & string)[]
  /** Index name (unique over the whole database) → columns. */
  readonly unique?: Readonly<Record<string, readonly (keyof Row & string)[]>>
  readonly indexes?: Readonly<Record<string, readonly (keyof Row & string)[]>>
}

export interface Table_<Row> {
  readonly name: string
  readonly columnNames: readonly string[]
  readonly schema: EntitySchema
  /** Never set: it only carries the row type. */
  readonly row?: Row
  create(runner: QueryRunner): Promise<void>
}
export type { Table_ as Table }

/** `long` text columns become MEDIUMTEXT on MariaDB, whose plain TEXT would cut a 64 KB callback body. */
function columnType(type: Column['type'], engine: string): EntitySchemaColumnOptions['type'] {
  if (type === 'text' && engine !== 'better-sqlite3') return 'mediumtext'
  return type
}

export function defineTable<Row>(name: string, definition: TableDefinition<Row>): Table_<Row> {
  const columns = Object.entries<Column>(definition.columns)
  const primary = new Set<string>(definition.primaryKey)
  return {
    name,
    columnNames: columns.map(([key]) => key),
    schema: new EntitySchema({
      name,
      tableName: name,
      columns: Object.fromEntries(
        columns.map(([key, c]) => [
          key,
          {
            type: c.type,
            ...(c.length === null ? {} : { length: c.length }),
            nullable: c.nullable,
            primary: primary.has(key),
          } satisfies EntitySchemaColumnOptions,
        ]),
      ),
      indices: indexesOf(definition).map(({ name: indexName, columns: indexed, unique }) => ({
        name: indexName,
        columns: [...indexed],
        unique,
      })),
    }),
    create: async (runner) => {
      const engine = runner.connection.options.type
      await runner.createTable(
        new Table({
          name,
          columns: columns.map(([key, c]) => ({
            name: key,
            type: String(columnType(c.type, engine)),
            ...(c.length === null ? {} : { length: String(c.length) }),
            isNullable: c.nullable,
            isPrimary: primary.has(key),
          })),
          indices: indexesOf(definition).map((index) => ({
            name: index.name,
            columnNames: [...index.columns],
            isUnique: index.unique,
          })),
        }),
      )
    },
  }
}

function indexesOf<Row>(
  definition: TableDefinition<Row>,
): { name: string; columns: readonly string[]; unique: boolean }[] {
  return [
    ...Object.entries(definition.unique ?? {}).map(([name, columns]) => ({ name, columns, unique: true })),
    ...Object.entries(definition.indexes ?? {}).map(([name, columns]) => ({ name, columns, unique: false })),
  ]
}
