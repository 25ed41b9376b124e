import type { ActInput, ResidentType } from '../../../api/types'

export type Answer = string | number | string[]
/** What an agent has written down so far. */
export interface Draft {
  readonly householdId: string | null
  readonly words: string
  readonly addressText: string
  readonly contactName: string
  readonly contactPhone: string
  readonly answers: Readonly<Record<string, Answer>>
  readonly fileIds: readonly string[]
  /** The time for the visit that is kept for this caller. */
  readonly holdId: string | null
  /** The danger gate was read to the caller, or its question was answered with no. */
  readonly gatePassed: boolean
}

export const emptyDraft: Draft = {
  householdId: null,
  words: '',
  addressText: '',
  contactName: '',
  contactPhone: '',
  answers: {},
  fileIds: [],
  holdId: null,
  gatePassed: false,
}

const phone = /^1[3-9]\d{9}$|^0\d{2,3}-?\d{7,8}$/
export const isPhone = (text: string): boolean => phone.test(text.trim())

export type Need = 'household' | 'words' | 'place' | 'phone' | 'gate'

/** What still has to be filled in, and the labels of questions that have no answer. */
export function missingIn(type: ResidentType, draft: Draft): { needs: Need[]; questions: string[] } {
  const needs: Need[] = []
  if (type.stopper !== null && !draft.gatePassed) needs.push('gate')
  // Who calls about a home that we do not know says where it is.
  const isSomewhere = draft.householdId !== null || draft.addressText.trim() !== ''
  if (type.household === 'required' && !isSomewhere) needs.push('household')
  if (draft.words.trim().length < 2) needs.push('words')
  if (type.place === 'required' && !isSomewhere) needs.push('place')
  if (!isPhone(draft.contactPhone) && (draft.contactPhone.trim() !== '' || draft.householdId === null))
    needs.push('phone')
  const questions = type.questions
    .filter(({ code, required }) => required && isBlank(draft.answers[code]))
    .map(({ label }) => label)
  return { needs, questions }
}

const isBlank = (answer: Answer | undefined): boolean =>
  answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)

interface Head {
  readonly companyId: string
  readonly catalogueVersion: number
  readonly callerKind: ActInput<'desk.create'>['callerKind']
}

/** What goes to the server: what was left empty is not there. */
export function createInput(head: Head, typeId: string, draft: Draft): ActInput<'desk.create'> {
  const text = (name: 'addressText' | 'contactName' | 'contactPhone') => {
    const value = draft[name].trim()
    return value === '' ? {} : { [name]: value }
  }
  return {
    ...head,
    typeId,
    words: draft.words.trim(),
    answers: Object.fromEntries(Object.entries(draft.answers).filter(([, answer]) => !isBlank(answer))),
    fileIds: [...draft.fileIds],
    ...(draft.householdId !== null && { householdId: draft.householdId }),
    ...(draft.holdId !== null && { holdId: draft.holdId }),
    ...text('addressText'),
    ...text('contactName'),
    ...text('contactPhone'),
  }
}
