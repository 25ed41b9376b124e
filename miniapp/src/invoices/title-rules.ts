import type { NewTitle, Title } from './types'

/** What is typed before it is a title; everything is text. */
export interface Draft {
  readonly kind: 'person' | 'company'
  readonly name: string
  readonly taxNo: string
  readonly address: string
  readonly phone: string
  readonly bank: string
  readonly account: string
}

export const emptyDraft: Draft = {
  kind: 'person',
  name: '',
  taxNo: '',
  address: '',
  phone: '',
  bank: '',
  account: '',
}

export const draftOf = (title: Title): Draft => ({
  kind: title.kind,
  name: title.name,
  taxNo: title.taxNo ?? '',
  address: title.address ?? '',
  phone: title.phone ?? '',
  bank: title.bank ?? '',
  account: title.account ?? '',
})

/** Numbers are read to people with blanks, and typed in small letters. */
export const cleanTaxNo = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase()

/** The field that cannot stand as it is; null where the server may look at it. */
export function faultOf({ kind, name, taxNo }: Draft): 'name' | 'taxNo' | null {
  if (name.trim().length < 2) return 'name'
  if (kind === 'company' && !/^(?:[0-9A-Z]{15}|[0-9A-Z]{18}|[0-9A-Z]{20})$/.test(cleanTaxNo(taxNo)))
    return 'taxNo'
  return null
}

/** What is sent: a person has a name alone. */
export function titleOf(draft: Draft): NewTitle {
  const { kind, name } = draft
  if (kind === 'person') return { kind, name: name.trim() }
  const given = (['address', 'phone', 'bank', 'account'] as const)
    .map((field) => [field, draft[field].trim()] as const)
    .filter(([, text]) => text !== '')
  return { kind, name: name.trim(), taxNo: cleanTaxNo(draft.taxNo), ...Object.fromEntries(given) }
}

export const isEmail = (text: string): boolean => /^[^\s@<>,;"]{1,64}@[\w-]+(?:\.[\w-]+)+$/.test(text.trim())
