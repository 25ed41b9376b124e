import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { auditTable } from '../../core/audit'
import { auditHeadTable } from '../../core/audit-chain'
import { residentActTable } from '../../core/http/acts'
import { jobTable, scheduleTable } from '../../core/jobs/table'
import { BASES, COLUMN_CLASSES, columnsIn, labelOf } from '../../core/personal/declare'
import { blanksOf } from '../../core/personal/end-rows'
import { tooOld } from '../../core/personal/retain-rows'
import { whereOf } from '../../core/personal/person-rows'
import { features } from '../../features'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { declaredBy, declaredTables, register } from './register'
import { projectRoot } from '../../core/config/load'
import { readRegister } from './read-register'
import { registerPage } from './register-page'

const tables = [
  jobTable,
  scheduleTable,
  auditTable,
  auditHeadTable,
  residentActTable,
  ...features.flatMap((feature) => feature.tables),
]
const impersonal = new Map(declaredBy.flatMap((one) => Object.entries(one.impersonal)))

/** Columns that a table has and nobody declared, or that were declared and are not there, or twice. */
function faultsOf(table: { readonly name: string; readonly columnNames: readonly string[] }): string[] {
  const declared = register.get(table.name)
  const lists = declared
    ? COLUMN_CLASSES.flatMap((one) => columnsIn(declared[one]).map(({ column }) => column))
    : columnsIn(impersonal.get(table.name)).map(({ column }) => column)
  return [
    ...table.columnNames
      .filter((column) => !lists.includes(column))
      .map((column) => `${table.name}.${column}: nobody says what it tells of people`),
    ...lists
      .filter((column) => !table.columnNames.includes(column))
      .map((column) => `${table.name}.${column}: is declared and does not exist`),
    ...lists
      .filter((column, at) => lists.indexOf(column) !== at)
      .map((column) => `${table.name}.${column}: is declared twice`),
  ]
}

describe('the register of personal data (C39)', () => {
  test('every column of every table is declared once: a new one fails here until it has an entry', () => {
    expect(tables.flatMap(faultsOf)).toEqual([])
    const known = new Set(tables.map(({ name }) => name))
    expect([...register.keys(), ...impersonal.keys()].filter((name) => !known.has(name))).toEqual([])
  })

  test('a column that nobody declared, and one that is gone, are both told by name', () => {
    const [first] = tables
    const columnNames = [...(first?.columnNames ?? []), 'idCard'].filter((name) => name !== 'payload')
    expect(faultsOf({ name: first?.name ?? '', columnNames })).toEqual([
      'job.idCard: nobody says what it tells of people',
      'job.payload: is declared and does not exist',
    ])
  })

  test('each entry has a purpose, a legal basis, a time and who may see it, and each kind of record its own name', () => {
    for (const { says, why, basis, kept, seen, table } of declaredTables)
      for (const text of [says, why, BASES[basis], kept, seen])
        expect([table.name, text.length > 1]).toEqual([table.name, true])
    const names = declaredTables.map(({ says }) => says)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  test('what is sealed at rest is declared as sealed, secret or about others, and never as plain', () => {
    for (const declared of declaredTables)
      for (const one of ['shown', 'refs', 'plain'] as const)
        expect(
          columnsIn(declared[one]).filter(({ column }) => /Sealed$|^(openid|idNumber|email)$/.test(column)),
        ).toEqual([])
    for (const [table, columns] of impersonal)
      expect([
        table,
        columnsIn(columns).filter(({ column }) => /Sealed$|residentId|householdId/.test(column)),
      ]).toEqual([table, []])
  })

  test('whatever a person is given a copy of has a name in Chinese', () => {
    for (const declared of declaredTables.filter(({ of }) => of.length > 0))
      for (const one of [...columnsIn(declared.shown), ...columnsIn(declared.sealed)])
        expect(`${declared.table.name}.${one.column} ${labelOf(one)}`).toMatch(/[\u4e00-\u9fff]/)
  })

  test('a table that holds words or sealed columns of a person ends with them, or says why not', () => {
    const unsaid = declaredTables.filter(({ end, of, keep }) => {
      const hasWhy = end.act === 'delete' || end.why.length > 3
      const isOf = of.length > 0 || end.act === 'keep'
      return !hasWhy || !isOf || (keep?.act === 'blank' && (keep.columns ?? '') === '')
    })
    expect(unsaid.map(({ table }) => table.name)).toEqual([])
  })

  test('no age, birth date or number of an identity card is kept of anybody: who is a child says so by a consent (C07)', () => {
    const columns = declaredTables.flatMap(({ table }) =>
      table.columnNames.map((column) => `${table.name}.${column}`),
    )
    expect(columns.length).toBeGreaterThan(500)
    expect(columns.filter((column) => /birth|[.]age$|idCard|idNumber|citizen/i.test(column))).toEqual([])
    const { purposes } = parse(readFileSync(join(projectRoot(), 'config/default.yaml'), 'utf8')).privacy as {
      purposes: { id: string; sensitive: boolean }[]
    }
    expect(purposes.find(({ id }) => id === 'guardian')).toMatchObject({ sensitive: true })
  })

  test('docs/personal-data.md is what the declarations say; `npx tsx scripts/personal-data.ts` writes it anew', () => {
    expect(readFileSync(join(projectRoot(), 'docs/personal-data.md'), 'utf8')).toBe(registerPage())
  })

  test('the register that people read has every declared table', () => {
    expect(readRegister().tables.map(({ table }) => table)).toEqual(
      declaredTables.map(({ table }) => table.name),
    )
  })
})

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())

  const keys = new Proxy({}, { get: () => ['01J9ZZZZZZZZZZZZZZZZZZZZZZ|2026-01-01'] })

  test('rows of a person and rows that are too old are found in every table, and on SQLite by an index', async () => {
    const { reader } = app.ctx().db
    const scans: string[] = []
    const blanks: number[] = []
    for (const declared of declaredTables) {
      for (const where of [whereOf(register, declared, keys, false), tooOld(app.ctx(), declared)]) {
        if (where === null) continue
        const sql = `SELECT 1 FROM ${declared.table.name} WHERE ${where.sql}`
        await reader.query(sql, where.params)
        if (engine !== 'sqlite') continue
        const plan = await reader.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, where.params)
        scans.push(
          ...plan
            .filter(({ detail }) => detail.startsWith('SCAN'))
            .map(({ detail }) => `${sql.slice(0, 80)} → ${detail}`),
        )
      }
      const { end, keep } = declared
      if (end.act === 'blank') blanks.push(blanksOf(app.ctx(), declared, end.columns).size)
      for (const unless of [end.act === 'blank' ? end.unless : undefined, keep?.unless])
        if (unless !== undefined)
          await reader.query(`SELECT 1 FROM ${declared.table.name} WHERE ${unless.where}`)
    }
    expect(scans).toEqual([])
    expect(Math.min(...blanks)).toBeGreaterThan(0)
  })
})
