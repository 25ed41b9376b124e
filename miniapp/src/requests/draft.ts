import type { Precheck, Question, ServiceType } from '../api/types'
import { isMoving, needsHand, readyIds, type Attachment } from '../upload/queue'
import type { ChosenPlace } from '../platform/types'
import { words } from '../words'
import { said } from './words'

export type Answer = string | number | string[]

/** A slot that the server keeps for a while. */
export interface Hold {
  readonly holdId: string
  readonly expiresAt: number
  readonly day: string
  readonly from: string
  readonly to: string
}

/** The form as the resident left it; plain data, kept until it was sent. */
export interface Draft {
  /** Names the one intended submit, over every retry. */
  readonly clientId: string
  readonly words: string
  readonly answers: Readonly<Record<string, Answer>>
  readonly files: readonly Attachment[]
  readonly address: string
  readonly place: ChosenPlace | null
  readonly name: string
  readonly phone: string
  readonly anonymous: boolean
  /** The name of the parent; null where one acts for oneself. */
  readonly parent: string | null
  readonly hold: Hold | null
}

export const emptyDraft = (clientId: string): Draft => ({
  clientId,
  words: '',
  answers: {},
  files: [],
  address: '',
  place: null,
  name: '',
  phone: '',
  anonymous: false,
  parent: null,
  hold: null,
})

/** Whether there is anything worth keeping. */
export const hasContent = (draft: Draft): boolean =>
  draft.words.trim() !== '' ||
  draft.files.length > 0 ||
  Object.keys(draft.answers).length > 0 ||
  draft.address.trim() !== '' ||
  draft.place !== null

/** One kept form for each type at each household. */
export const draftKey = (companyId: string, typeId: string, householdId: string | null): string =>
  `request-draft.${companyId}.${typeId}.${householdId ?? 'none'}`

/** After the danger gate only what cannot be left out is asked. */
export const askedQuestions = (type: ServiceType, short: boolean): readonly Question[] =>
  short ? type.questions.filter((question) => question.required) : type.questions

export interface FormFacts {
  readonly type: ServiceType
  readonly householdId: string | null
  readonly known: Pick<Precheck, 'contactPhoneMasked'> | null
  /** The danger gate was passed: words may be few. */
  readonly short: boolean
  readonly nowMs: number
}

/** Where something is missing → what to do, in the order of the page. Empty when it can be sent. */
export type Faults = Readonly<Partial<Record<string, string>>>

const phonePattern = /^1[3-9]\d{9}$|^0\d{2,3}-?\d{7,8}$/

const isEmpty = (answer: Answer | undefined): boolean =>
  answer === undefined ||
  (typeof answer === 'string' && answer.trim() === '') ||
  (Array.isArray(answer) && answer.length === 0) ||
  (typeof answer === 'number' && Number.isNaN(answer))

export function faultsOf(draft: Draft, facts: FormFacts): Faults {
  const { type, householdId } = facts
  const faults: Record<string, string> = {}
  const hasAddress = draft.address.trim() !== ''
  // A parent's home need not be bound here: its address and a number to call are enough.
  if (householdId === null && type.household === 'required' && !(draft.parent !== null && hasAddress))
    faults['household'] = draft.parent === null ? said.form.bindFirst : said.form.parentAddress
  if (wordsOf(draft, facts).length < 2) faults['words'] = said.form.wordsShort
  for (const question of askedQuestions(type, facts.short))
    if (question.required && isEmpty(draft.answers[question.code]))
      faults[`q-${question.code}`] = said.form.required(question.label)
  const filesFault = fileFault(draft, type)
  if (filesFault !== null) faults['files'] = filesFault
  if (type.place === 'required' && householdId === null && draft.place === null && !hasAddress)
    faults['place'] = said.form.placeNeeded
  if (type.appointment === 'required' && !isHeld(draft, facts.nowMs))
    faults['appointment'] = said.form.appointmentNeeded
  if (draft.parent !== null && draft.parent.trim() === '') faults['parent'] = said.form.parentMissing
  const phone = phoneFault(draft, facts)
  if (phone !== null) faults['phone'] = phone
  return faults
}

function fileFault(draft: Draft, type: ServiceType): string | null {
  if (isMoving(draft.files)) return words.files.stillMoving
  if (needsHand(draft.files)) return words.files.someBroken
  const photos = draft.files.some(({ kind }) => kind === 'image')
  return type.photo === 'required' && !photos ? said.form.photosNeeded : null
}

function phoneFault(draft: Draft, { known, householdId }: FormFacts): string | null {
  if (draft.phone !== '') return phonePattern.test(draft.phone) ? null : said.form.phoneWrong
  if (draft.anonymous) return null
  // For a parent whose household is not bound the parent's own number is what is known of them.
  if (draft.parent !== null && householdId === null) return said.form.phoneMissing
  return known?.contactPhoneMasked ? null : said.form.phoneMissing
}

const isHeld = (draft: Draft, nowMs: number): boolean => draft.hold !== null && draft.hold.expiresAt > nowMs

/** In danger nobody has to write: the type's own name says what it is about. */
function wordsOf(draft: Draft, { type, short }: Pick<FormFacts, 'type' | 'short'>): string {
  const text = draft.words.trim()
  return text === '' && short ? type.name : text
}

/** What is sent. Answers that were emptied again, or that the short form does not ask, stay behind. */
export function submitInput(
  draft: Draft,
  facts: FormFacts & {
    companyId: string
    catalogueVersion: number
    dangerSeen: boolean
    /** The outage that it is part of; null where it stands by itself. */
    noticeId: string | null
  },
) {
  const { type, householdId, companyId, catalogueVersion, dangerSeen, noticeId, nowMs } = facts
  const answers = Object.fromEntries(
    askedQuestions(type, facts.short).flatMap(({ code }) => {
      const answer = draft.answers[code]
      return answer === undefined || isEmpty(answer) ? [] : [[code, answer] as const]
    }),
  )
  const address = draft.address.trim()
  const name = draft.name.trim()
  return {
    clientId: draft.clientId,
    companyId,
    typeId: type.id,
    catalogueVersion,
    words: wordsOf(draft, facts),
    answers,
    fileIds: readyIds(draft.files),
    anonymous: draft.anonymous,
    dangerSeen,
    ...(householdId === null ? {} : { householdId }),
    ...(householdId === null && address !== '' ? { addressText: address } : {}),
    ...(draft.place === null ? {} : { place: draft.place }),
    ...(name !== '' && !draft.anonymous ? { contactName: name } : {}),
    ...(draft.phone !== '' && !draft.anonymous ? { contactPhone: draft.phone } : {}),
    ...(draft.parent === null ? {} : { onBehalfOf: draft.parent.trim() }),
    // Nobody is sent to a home whose supply ends and comes back with all the others.
    ...(draft.hold !== null && isHeld(draft, nowMs) && noticeId === null
      ? { holdId: draft.hold.holdId }
      : {}),
    ...(noticeId === null ? {} : { noticeId }),
  }
}
