import { BASES, columnsIn, type Declared, labelOf } from '../../core/personal/declare'
import { declaredBy } from './register'

/** Which of the declaration's lists are columns about people. */
const CLASSES = ['shown', 'sealed', 'refs', 'secret', 'staff', 'others'] as const

export interface RegisterTable {
  readonly feature: string
  readonly table: string
  readonly says: string
  readonly why: string
  readonly basis: string
  readonly kept: string
  readonly seen: string
  readonly atEnd: string
  readonly columns: { column: string; label: string; how: (typeof CLASSES)[number] }[]
}

const ACTS = { delete: '删除', blank: '清空', keep: '保留', own: '另行清理' } as const

export function atEnd({ end }: Declared): string {
  return end.why === undefined ? ACTS[end.act] : `${ACTS[end.act]}：${end.why}`
}

/** The register as people read it: the console shows it, and docs/personal-data.md is written from it. */
export function readRegister(): { tables: RegisterTable[] } {
  return {
    tables: declaredBy.flatMap(({ feature, tables }) =>
      tables.map((declared) => ({
        feature,
        table: declared.table.name,
        says: declared.says,
        why: declared.why,
        basis: BASES[declared.basis],
        kept: declared.kept,
        seen: declared.seen,
        atEnd: atEnd(declared),
        columns: CLASSES.flatMap((how) =>
          columnsIn(declared[how]).map((one) => ({
            column: one.column,
            label: one.text === '' && labelOf(one) === one.column ? '' : labelOf(one),
            how,
          })),
        ),
      })),
    ),
  }
}
