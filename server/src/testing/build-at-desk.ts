import { inTransaction } from '../core/db/database'
import { visitBookingTable, visitSlotTable } from '../features/appointments/entities'
import { exportTable } from '../features/desk/entities'
import { saveArticle } from '../features/knowledge/save-article'
import { saveSynonyms } from '../features/knowledge/save-synonyms'
import { AUTHOR, draftOf } from '../features/knowledge/test-articles'
import { suggestionTable } from '../features/notices/entities'
import { staffTeamTable } from '../features/staff/entities'
import type { TestApp } from './harness'

/** A suggestion to write a notice, of a company and an area. */
export async function buildSuggestion(app: TestApp, companyId: string, areaId: string): Promise<string> {
  const id = app.ctx().ids.next()
  const at = app.clock.now()
  const facts = { companyId, areaId, tree: 'place' as const, requests: 3, firstAt: at, lastAt: at }
  await inTransaction(app.ctx(), (tx) =>
    tx.insert(suggestionTable, {
      id,
      ...facts,
      openSlot: null,
      state: 'open',
      noticeId: null,
      endedBy: null,
    }),
  )
  return id
}
/** A team of a company without a leader. */
export async function buildTeam(app: TestApp, companyId: string): Promise<string> {
  const { ids, clock } = app.ctx()
  const id = ids.next()
  const now = clock.now()
  const row = { id, companyId, name: `班组${id.slice(-6)}`, leadId: null, areaIds: '[]' }
  await inTransaction(app.ctx(), (tx) =>
    tx.insert(staffTeamTable, { ...row, createdAt: now, updatedAt: now }),
  )
  return id
}

/** A place of a team, and one that `owner` holds at the desk. */
export const buildHold = async (
  app: TestApp,
  companyId: string,
  teamId: string,
  owner: string,
): Promise<{ slotId: string; holdId: string }> => {
  const { ids, clock } = app.ctx()
  const [slotId, holdId, now] = [ids.next(), ids.next(), clock.now()]
  await inTransaction(app.ctx(), async (tx) => {
    const span = { fromMinute: 540, toMinute: 660, startsAt: now + 86_400_000, endsAt: now + 93_600_000 }
    const place = { id: slotId, companyId, teamId, day: '2026-11-24', ...span, capacity: 9, used: 1 }
    await tx.insert(visitSlotTable, place)
    const hold = { id: holdId, slotId, companyId, holderId: owner, residentId: null, typeId: 'cold' }
    const empty = { requestId: null, requestNumber: null, activeRequestId: null, bookedAt: null }
    const held = { state: 'held' as const, heldUntil: now + 600_000, holdSlot: 1, remindAt: null }
    await tx.insert(visitBookingTable, { ...hold, ...empty, ...held, createdAt: now })
  })
  return { slotId, holdId }
}

/** A list of a company that `owner` wants to carry away. */
export async function buildExport(app: TestApp, companyId: string, owner: string): Promise<string> {
  const { ids, clock } = app.ctx()
  const [id, now] = [ids.next(), clock.now()]
  const asked = { query: '', chosen: '["number"]', rowsFound: 900, reason: '核对来电', areaPaths: null }
  const open = {
    decidedById: null,
    decidedByName: null,
    decidedAt: null,
    decidedWords: null,
    takenAt: null,
  }
  const row = { id, staffId: owner, state: 'waiting' as const, tokenHash: null, ...asked, ...open }
  await inTransaction(app.ctx(), (tx) =>
    tx.insert(exportTable, {
      ...row,
      companies: JSON.stringify([companyId]),
      createdAt: now,
      expiresAt: now + 86_400_000,
    }),
  )
  return id
}

/** A draft of a company, and a list of its synonyms. */
export const buildKnowledge = async (
  app: TestApp,
  companyId: string,
): Promise<{ articleId: string; synonymId: string }> => {
  const author = app.asStaff(AUTHOR, { companies: [companyId] })
  const { article } = await saveArticle(author, draftOf(app, { companyId }))
  const { lists } = await saveSynonyms(author, { synonymId: null, companyId, words: ['暖气', '供热'] })
  return { articleId: article.id, synonymId: lists.findLast(({ id }) => id !== null)?.id ?? '' }
}
