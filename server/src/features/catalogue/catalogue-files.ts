import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import type { CompanyConfig } from '../../core/config/companies'
import { projectRoot } from '../../core/config/load'
import { bodyFaults } from './body-faults'
import { calendars } from './calendar-files'
import { type CatalogueBody, catalogueBody } from './schema'

const FOLDER = join(projectRoot(), 'config/catalogues')

type Company = Pick<CompanyConfig, 'id' | 'kind' | 'hotline'>

/** `config/catalogues/<company id>.yaml`, or the file of the company's kind where it has none of its own. */
function fileOf(company: Company, folder: string): string | null {
  return [company.id, company.kind].find((name) => existsSync(join(folder, `${name}.yaml`))) ?? null
}

/** `phone: hotline` in a file is the company's own number, so that one file serves several companies. */
function withHotline(value: unknown, hotline: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => withHotline(entry, hotline))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === 'phone' && entry === 'hotline' ? hotline : withHotline(entry, hotline),
    ]),
  )
}

type Read = { readonly body: CatalogueBody } | { readonly faults: readonly string[] }

/** The first version of a company's catalogue as its file says it, or everything that is wrong with the file. */
export function readCatalogueFile(company: Company, folder = FOLDER): Read {
  const name = fileOf(company, folder)
  if (name === null) return { faults: [`config/catalogues: no file for ${company.id} or ${company.kind}`] }
  const at = `config/catalogues/${name}.yaml`
  const text = readFileSync(join(folder, `${name}.yaml`), 'utf8')
  const parsed = catalogueBody.safeParse(withHotline(parse(text), company.hotline))
  if (!parsed.success) return { faults: issuesOf(parsed.error).map((issue) => `${at}: ${issue}`) }
  const faults = bodyFaults(parsed.data, calendars().byName)
  return faults.length === 0
    ? { body: parsed.data }
    : { faults: faults.map((fault) => `${at}: ${fault.path}: ${fault.message}`) }
}

function issuesOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
}

/** Everything that is wrong with the calendars and catalogues of these companies; asked before the portal starts. */
export function catalogueFaults(companies: readonly Company[]): string[] {
  return [
    ...calendars().faults,
    ...companies.flatMap((company) => {
      const read = readCatalogueFile(company)
      return 'faults' in read ? read.faults : []
    }),
  ]
}

/** The names of the files that are shipped, for the check of all of them. */
export function catalogueFileNames(folder = FOLDER): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
}
