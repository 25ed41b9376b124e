import type { DeskNotice, NoticeDraft, NoticeSuggestion } from '../../../api/types'

export interface ChosenArea {
  readonly id: string
  readonly tree: 'place' | 'supply'
  /** All names from the root, joined by a slash. */
  readonly fullName: string
}

/** What a publisher has written down so far. */
export interface Form {
  readonly companyId: string
  readonly kind: NoticeDraft['kind']
  readonly title: string
  readonly words: string
  readonly reasonWords: string
  readonly phone: string
  readonly startsAt: number | null
  readonly endsAt: number | null
  readonly cutsSupply: boolean
  readonly areas: readonly ChosenArea[]
  readonly accountNos: readonly string[]
}

export const emptyForm = (companyId: string): Form => ({
  companyId,
  kind: 'planned',
  title: '',
  words: '',
  reasonWords: '',
  phone: '',
  startsAt: null,
  endsAt: null,
  cutsSupply: true,
  areas: [],
  accountNos: [],
})

function fromDraft(draft: NoticeDraft, areas: readonly ChosenArea[]): Form {
  const { audience, ...rest } = draft
  return { ...rest, areas, accountNos: audience.accountNos }
}

export const formOf = ({ draft, areas }: Pick<DeskNotice, 'draft' | 'areas'>): Form => fromDraft(draft, areas)

/** A suggestion comes filled in; its place is in either tree, which only the server needs to know. */
export const formFrom = ({ draft, areaId, areaName }: NoticeSuggestion): Form =>
  fromDraft(
    draft,
    draft.audience.areaIds.map((id) => ({ id, tree: 'supply', fullName: id === areaId ? areaName : id })),
  )

/** The input of the server. */
export function draftOf(form: Form): NoticeDraft {
  const { areas, accountNos, ...rest } = form
  return {
    ...rest,
    title: form.title.trim(),
    words: form.words.trim(),
    reasonWords: form.reasonWords.trim(),
    phone: form.phone.trim(),
    cutsSupply: form.kind !== 'general' && form.cutsSupply,
    audience: { areaIds: areas.map(({ id }) => id), accountNos: [...accountNos] },
  }
}

export type Gap = 'title' | 'words' | 'reasonWords' | 'phone' | 'startsAt' | 'endsAt' | 'order' | 'audience'

const shorter = (text: string, least: number): boolean => text.trim().length < least

/** What is missing before anybody can be counted, in the order of the page. */
export function gapsOf(form: Form): Gap[] {
  const { kind, startsAt, endsAt } = form
  const gaps: readonly (readonly [Gap, boolean])[] = [
    ['title', shorter(form.title, 4)],
    ['words', shorter(form.words, 4)],
    ['reasonWords', shorter(form.reasonWords, 2)],
    ['phone', shorter(form.phone, 3)],
    ['startsAt', startsAt === null && kind !== 'general'],
    ['endsAt', endsAt === null && kind === 'planned'],
    ['order', startsAt !== null && endsAt !== null && endsAt <= startsAt],
    ['audience', form.areas.length + form.accountNos.length === 0],
  ]
  return gaps.flatMap(([gap, open]) => (open ? [gap] : []))
}

export const isEmpty = (form: Form): boolean => sameForm(form, emptyForm(form.companyId))

export const sameForm = (one: Form, other: Form): boolean => changedIn(one, other).length === 0

const compared = [
  'companyId',
  'kind',
  'title',
  'words',
  'reasonWords',
  'phone',
  'startsAt',
  'endsAt',
  'cutsSupply',
] as const

export type FormField = (typeof compared)[number] | 'areas' | 'accountNos'

/** Which parts differ: for whoever was slower than a colleague. Order of places and numbers says nothing. */
export function changedIn(one: Form, other: Form): FormField[] {
  const [mine, theirs] = [draftOf(one), draftOf(other)]
  const fields: FormField[] = compared.filter((name) => mine[name] !== theirs[name])
  const asSet = (list: readonly string[]): string => [...list].sort().join()
  if (asSet(mine.audience.areaIds) !== asSet(theirs.audience.areaIds)) fields.push('areas')
  if (asSet(mine.audience.accountNos) !== asSet(theirs.audience.accountNos)) fields.push('accountNos')
  return fields
}

/** Another company has other places and other account numbers. */
export const withCompany = (form: Form, companyId: string): Form => ({
  ...form,
  companyId,
  areas: [],
  accountNos: [],
})

/** Adds places without doubling any; at most 500, as the server takes them. */
export function withAreas(form: Form, added: readonly ChosenArea[]): Form {
  const there = new Set(form.areas.map(({ id }) => id))
  const fresh = added.filter(({ id }) => !there.has(id))
  return { ...form, areas: [...form.areas, ...fresh].slice(0, mostAreas) }
}

export const mostAreas = 500

/** What decides who is told and by when: a change of words alone needs no new count. */
export function reachKey(form: Form): string {
  const { companyId, kind, startsAt, endsAt, cutsSupply, audience } = draftOf(form)
  return JSON.stringify([companyId, kind, startsAt, endsAt, cutsSupply, audience])
}
