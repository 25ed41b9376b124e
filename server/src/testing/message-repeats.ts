import { inTransaction } from '../core/db/database'
import { buildNotice } from '../features/notices/fan-out.fixture'
import { buildHousehold } from './factories'
import type { TestApp } from './harness'

interface Case {
  readonly input: Record<string, unknown>
  readonly other: Record<string, unknown>
}

/** A resident's writes about messages and notices, each with another content under the same id. */
export function messageRepeats(
  app: () => TestApp,
): Readonly<Record<string, (who: { readonly id: string }) => Promise<Case> | Case>> {
  const home = async (id: string) => ({ householdId: (await buildHousehold(app(), { members: [id] })).id })
  /** A notice that covers a household of this resident's; over when asked for. */
  const noticed = async (id: string, over: boolean) => {
    const { householdId } = await home(id)
    const notice = await buildNotice(app(), { householdIds: [householdId] })
    if (over)
      await inTransaction(app().ctx(), (tx) =>
        tx.execute("UPDATE notice SET state = 'restored', restoredAt = ? WHERE id = ?", [
          app().clock.now(),
          notice.id,
        ]),
      )
    return { noticeId: notice.id, householdId }
  }
  return {
    'messages.setSwitch': () => ({
      input: { template: 'announcement', on: false },
      other: { template: 'announcement', on: true },
    }),
    'messages.sendEmailCode': () => ({
      input: { email: `${app().ctx().ids.next().toLowerCase()}@example.com` },
      other: { email: 'another@example.com' },
    }),
    'messages.confirmEmail': () => ({
      input: { email: null, code: null },
      other: { email: 'another@example.com', code: '000000' },
    }),
    'notices.subscribe': async ({ id }) => ({
      input: await noticed(id, false),
      other: await noticed(id, false),
    }),
    'notices.unsubscribe': async ({ id }) => ({
      input: { noticeId: (await noticed(id, false)).noticeId },
      other: { noticeId: (await noticed(id, false)).noticeId },
    }),
    'requests.answerRestored': async ({ id }) => {
      const mine = await noticed(id, true)
      return { input: { ...mine, answer: 'yes' }, other: { ...mine, answer: 'no' } }
    },
  }
}
