import { col, defineTable } from '../../core/db/tables'

/** One version of a company's catalogue. Rows are only added: requests keep the number they were made under. */
export interface CatalogueVersionRow {
  companyId: string
  version: number
  /** CatalogueBody as JSON. */
  body: string
  note: string
  /** Who saved it in the console; null for the first one, which comes from config/catalogues. */
  byId: string | null
  byName: string | null
  createdAt: number
}

export const catalogueVersionTable = defineTable<CatalogueVersionRow>('catalogue_version', {
  columns: {
    companyId: col.key(32),
    version: col.int(),
    body: col.text(),
    note: col.words(100),
    byId: col.key(26).orNull(),
    byName: col.words(40).orNull(),
    createdAt: col.instant(),
  },
  primaryKey: ['companyId', 'version'],
})
