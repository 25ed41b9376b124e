import type { Input } from '../api/types'
import { isMoving, needsHand, readyIds, type Attachment } from '../upload/queue'
import { words } from '../words'
import type { Meter } from './figures'
import { said } from './words'

export type Reason = NonNullable<Input<'readings.submit'>['reason']>

/** What somebody typed before a meter, often in a cellar without a network: kept until it was sent. */
export interface Draft {
  /** Names the one intended submit, over every retry. */
  readonly clientId: string
  readonly value: string
  readonly reason: Reason | null
  readonly words: string
  readonly files: readonly Attachment[]
}

export const hasContent = (draft: Draft): boolean => draft.value !== '' || draft.files.length > 0

/** Where something is missing → what to do. Empty when it can be sent. */
export function faultsOf(
  draft: Draft,
  meter: Pick<Meter, 'photo' | 'integerDigits'>,
  isBackwards: boolean,
): Readonly<Partial<Record<'value' | 'reason' | 'files', string>>> {
  const faults: Partial<Record<'value' | 'reason' | 'files', string>> = {}
  if (!/^\d+(\.\d+)?$/.test(plainValue(draft.value))) faults.value = said.empty
  if (isBackwards && draft.reason === null) faults.reason = said.reasonNeeded
  if (isMoving(draft.files)) faults.files = words.files.stillMoving
  else if (needsHand(draft.files)) faults.files = words.files.someBroken
  else if (meter.photo === 'required' && readyIds(draft.files).length === 0) faults.files = said.photoNeeded
  return faults
}

/** A point that nothing follows says nothing. */
export const plainValue = (value: string): string => value.replace(/\.$/, '')

export function submitInput(
  draft: Draft,
  householdId: string,
  isBackwards: boolean,
): Input<'readings.submit'> {
  const [fileId] = readyIds(draft.files)
  const text = draft.words.trim()
  return {
    clientId: draft.clientId,
    householdId,
    value: plainValue(draft.value),
    ...(isBackwards && draft.reason !== null ? { reason: draft.reason } : {}),
    ...(text === '' ? {} : { words: text }),
    ...(fileId === undefined ? {} : { fileId }),
  }
}
