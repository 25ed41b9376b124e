import { inTransaction } from '../core/db/database'
import { sendMessage } from '../features/chat/send-message'
import { emailTable } from '../features/notifications/entities'
import { buildChat } from './build-chat'
import type { TestApp } from './harness'

interface Case {
  readonly input: Record<string, unknown>
  readonly other: Record<string, unknown>
}

/** Each write of the chat's with its input, and the same with another content, for the test of repeats. */
export function chatRepeats(
  app: () => TestApp,
): Record<string, (who: { readonly id: string }) => Promise<Case> | Case> {
  /** A conversation of this resident's: their own words in it, or those of an agent who has it; over when asked for. */
  const chat = async (residentId: string, state: 'bot' | 'active' | 'closed' = 'bot') => {
    const { conversationId } = await buildChat(app(), {
      companyId: 'heating',
      areaPath: '',
      agentId: app().ctx().ids.next(),
      residentId,
      state,
    })
    return { conversationId }
  }
  const confirmedAddress = async (residentId: string): Promise<void> => {
    const none = { pendingSealed: null, codeHash: null, triesLeft: 0, codeSentAt: null, codeExpiresAt: null }
    const addressSealed = app().ctx().vault.seal('tester@example.com')
    await inTransaction(app().ctx(), (tx) =>
      tx.insert(emailTable, { residentId, addressSealed, confirmedAt: app().clock.now(), ...none }),
    )
  }
  return {
    'chat.open': () => ({ input: { companyId: 'heating' }, other: { companyId: 'gas' } }),
    'chat.send': async ({ id }) => {
      const mine = await chat(id, 'active')
      const said = (text: string) => ({ ...mine, content: { kind: 'text', text } })
      return { input: said('不热'), other: said('很冷') }
    },
    'chat.recall': async ({ id }) => {
      const mine = await chat(id, 'active')
      const clientId = `said-${app().ctx().ids.next()}`
      const content = { kind: 'text', text: '说错了' } as const
      const { message } = await sendMessage(app().asResident(id), { ...mine, clientId, content })
      const take = { ...mine, messageId: message.id }
      return { input: take, other: { ...take, messageId: app().ctx().ids.next() } }
    },
    'chat.toPerson': async ({ id }) => {
      const mine = await chat(id)
      return { input: mine, other: { ...mine, topic: 'bill' } }
    },
    'chat.leaveWords': async ({ id }) => {
      const mine = await chat(id)
      const words = (text: string) => ({ ...mine, words: text })
      return { input: words('请打电话给我'), other: words('请上门看看') }
    },
    'chat.close': async ({ id }) => {
      const mine = await chat(id)
      return { input: mine, other: { conversationId: app().ctx().ids.next() } }
    },
    'chat.rate': async ({ id }) => {
      const mine = await chat(id, 'closed')
      return { input: { ...mine, stars: 5, reasons: [] }, other: { ...mine, stars: 4, reasons: [] } }
    },
    'chat.mailTranscript': async ({ id }) => {
      const mine = await chat(id)
      await confirmedAddress(id)
      return { input: mine, other: { conversationId: app().ctx().ids.next() } }
    },
  }
}
