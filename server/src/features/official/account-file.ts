import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { CompanyConfig } from '../../core/config/companies'
import { projectRoot } from '../../core/config/load'
import { linkFault, menuFaults, wordsFaults } from './account-limits'
import {
  type AccountAnswer,
  type AccountBook,
  type AccountFile,
  accountFile,
  type AccountLink,
} from './account-shape'

const FOLDER = join(projectRoot(), 'config/official')

type Company = Pick<CompanyConfig, 'id' | 'kind' | 'name' | 'hotline'>
type Read<T> = { readonly value: T } | { readonly faults: readonly string[] }

function readFile(file: string, company: AccountFile['company'], folder: string): Read<AccountFile> {
  const at = `config/official/${file}.yaml`
  const path = join(folder, `${file}.yaml`)
  if (!existsSync(path)) return { faults: [`${at} does not exist`] }
  const parsed = accountFile.safeParse(parse(readFileSync(path, 'utf8')))
  if (parsed.success) return { value: { ...parsed.data, company } }
  return {
    faults: parsed.error.issues.map(
      (issue) => `${at}: ${issue.path.join('.') || '(whole)'}: ${issue.message}`,
    ),
  }
}

/**
 * Reads the book of an account that serves these companies, or everything that is wrong with it. `account` names the
 * file of the account itself: `group` for several companies, or the only company's own.
 */
export function readAccountBook(
  account: string,
  companies: readonly Company[],
  folder = FOLDER,
): Read<AccountBook> {
  const faults: string[] = []
  const take = <T>(read: Read<T>): T | null => {
    if ('value' in read) return read.value
    faults.push(...read.faults)
    return null
  }
  const owner = companies.find(({ id }) => id === account) ?? null
  const own = take(readFile(account, owner, folder))
  const theirs = companies
    .filter(({ id }) => id !== account)
    .flatMap((company) => {
      const file = [company.id, company.kind].find((each) => existsSync(join(folder, `${each}.yaml`)))
      return file === undefined ? [] : (take(readFile(file, company, folder)) ?? [])
    })
  if (own) {
    const { handover, household, unknownScene, menu } = own
    if (!handover || !household || !unknownScene || !menu)
      faults.push(
        `config/official/${account}.yaml: the account's own file needs menu, handover, household and unknownScene`,
      )
    else {
      const book: AccountBook = {
        account: { ...own, handover, household, unknownScene, menu },
        companies: theirs,
      }
      faults.push(...bookFaults(book, account))
      if (faults.length === 0) return { value: book }
    }
  }
  return { faults }
}

function bookFaults(book: AccountBook, account: string): string[] {
  const answers = answersOf(book)
  const names = answers.map(({ answer: { name: each } }) => each)
  const files: readonly AccountFile[] = [book.account, ...book.companies]
  return [
    ...names
      .filter((each, index) => names.indexOf(each) !== index)
      .map((each) => `config/official: two answers are named ${each}`),
    ...files.flatMap((file) => {
      const at = `config/official/${file.company?.id ?? account}.yaml`
      return [...wordsFaults(file), ...linksOf(file).flatMap(linkFault)].map((fault) => `${at}: ${fault}`)
    }),
    ...menuFaults(book.account.menu, names).map((fault) => `config/official/${account}.yaml: ${fault}`),
  ]
}

function linksOf(file: AccountFile): readonly AccountLink[] {
  return [
    file.welcomeLink,
    file.householdLink,
    file.handoverLink,
    ...file.answers.flatMap(({ link: each }) => each ?? []),
  ]
}

/** Every answer with the file it stands in: the account's own first. */
export function answersOf(
  book: AccountBook,
): readonly { readonly file: AccountFile; readonly answer: AccountAnswer }[] {
  return [book.account, ...book.companies].flatMap((file) =>
    file.answers.map((each) => ({ file, answer: each })),
  )
}

/** What is wrong with the words of the account; asked before the portal starts. */
export function officialFaults(account: string, companies: readonly Company[]): string[] {
  const read = readAccountBook(account, companies)
  return 'faults' in read ? [...read.faults] : []
}

/** The names of the files that are shipped, for the check of all of them. */
export function accountFileNames(folder = FOLDER): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
}
