import type { SignedInStaff } from '../../core/context'
import { staffDoor } from '../staff'
import type { NoticeRow, VersionRow } from './entities'
import type { NoticeAct } from './schema'

/** What somebody at work may do with a notice: by its state, and then by who they are. */

type Facts = Pick<NoticeRow, 'state' | 'cutsSupply' | 'cutSince'>
type Newest = Pick<VersionRow, 'createdBy' | 'submittedBy' | 'state' | 'said'>

const OPERATION: Readonly<Record<NoticeAct, string>> = {
  save: 'notices.saveDraft',
  discard: 'notices.discard',
  submit: 'notices.submit',
  approve: 'notices.approve',
  refuse: 'notices.refuse',
  stop: 'notices.stop',
  extend: 'notices.extend',
  restore: 'notices.restore',
  cancel: 'notices.cancel',
  correct: 'notices.correct',
  'test-send': 'notices.testSend',
}

/** A correction that reaches many stands ready, and a second person has not agreed yet; the notice says what it said. */
export function isWaitingCorrection(newest: Pick<Newest, 'state' | 'said'>): boolean {
  return newest.said === 'correction' && newest.state === 'waiting'
}

/** `isSending`: the newest version's messages are still on their way. */
export function actsByState(
  notice: Facts,
  newest: Pick<Newest, 'state' | 'said'>,
  isSending: boolean,
): readonly NoticeAct[] {
  const stop: readonly NoticeAct[] = isSending ? ['stop'] : []
  const ready: readonly NoticeAct[] = isWaitingCorrection(newest) ? ['approve', 'refuse'] : ['correct']
  const correct = isSending ? [] : ready
  switch (notice.state) {
    case 'draft':
      return ['save', 'submit', 'test-send', 'discard']
    case 'waiting':
      return ['save', 'approve', 'refuse', 'test-send', 'discard']
    case 'scheduled':
      return ['save', 'stop', 'discard']
    case 'live':
      return notice.cutsSupply === 1
        ? ['restore', 'extend', 'cancel', ...correct, ...stop]
        : ['cancel', ...correct, ...stop]
    case 'restored':
    case 'cancelled':
      return [...stop, ...correct]
    case 'ended':
      return []
  }
}

/** Neither who wrote it nor who handed it in is a second person. */
export function isSecondPerson(version: Pick<Newest, 'createdBy' | 'submittedBy'>, staffId: string): boolean {
  return version.createdBy !== staffId && version.submittedBy !== staffId
}

export function actsFor(
  staff: Pick<SignedInStaff, 'id' | 'roles'>,
  notice: Facts,
  newest: Newest,
  at: { readonly isSending: boolean; readonly now: number },
): NoticeAct[] {
  return (
    actsByState(notice, newest, at.isSending)
      .filter((act) => staffDoor.may(OPERATION[act], staff))
      // What has not begun cannot be over; it can be cancelled.
      .filter((act) => act !== 'restore' || notice.cutSince === null || notice.cutSince <= at.now)
      .filter((act) => act !== 'approve' || isSecondPerson(newest, staff.id))
  )
}
