import type { Control } from './control'
import { button, h } from './dom'
import { ICONS } from './icons'
import type { SubscribeAnswer, Wallet } from './protocol'
import { openSheet, toast } from './sheet'

/** Everything the permission sheet needs to know. */
export interface SubscribeRequest {
  screen: HTMLElement
  control: Control
  wallet: Wallet
  person: { id: string; name: string }
  templateIds: string[]
  /** The templates' titles, as the platform's console holds them. */
  titles: Record<string, { title: string }>
}

type Choice = 'accept' | 'reject'

// What a person chose with "总是保持以上选择", as the wallet remembers it on the phone.
const keyOf = (request: SubscribeRequest, id: string): string =>
  `phone.subscribe.${request.wallet}.${request.person.id}.${id}`

function remembered(request: SubscribeRequest): Choice | null {
  const kept = request.templateIds.map((id) => localStorage.getItem(keyOf(request, id)))
  if (kept.length === 0) return null
  if (kept.every((choice) => choice === 'accept')) return 'accept'
  return kept.every((choice) => choice === 'reject') ? 'reject' : null
}

async function record(request: SubscribeRequest, answer: Choice): Promise<SubscribeAnswer> {
  const { control, wallet, person, templateIds, screen } = request
  try {
    return await control.subscribe(wallet, person.id, templateIds, answer)
  } catch (error) {
    toast(screen, error instanceof Error ? error.message : '沙箱没有应答')
    return Object.fromEntries(templateIds.map((id) => [id, 'reject']))
  }
}

/** Asks for the messages' permission, or answers at once with what the person chose to keep. */
export function subscribeWithSheet(request: SubscribeRequest): Promise<SubscribeAnswer> {
  const kept = remembered(request)
  if (kept) return record(request, kept)
  return new Promise((resolve) => {
    const keep = h('input', { type: 'checkbox', testid: 'subscribe-keep' })
    const decide = async (choice: Choice): Promise<void> => {
      if (keep.checked) for (const id of request.templateIds) localStorage.setItem(keyOf(request, id), choice)
      const answer = await record(request, choice)
      await sheet.close()
      resolve(answer)
    }
    const sheet = openSheet(request.screen, {
      testid: 'subscribe-sheet',
      label: '消息授权',
      kind: `ask ${request.wallet}`,
      onDismiss: () => void decide('reject'),
    })
    const titles = request.templateIds.map((id) =>
      h('li', {}, h('i', { class: 'mark', html: ICONS.tick }), request.titles[id]?.title ?? id),
    )
    sheet.body.append(
      h('div', { class: 'ask-app' }, h('i', { text: '户' }), '一户 申请'),
      h('h2', { text: request.wallet === 'wechat' ? '发送一次以下服务通知' : '给你发送以下消息' }),
      h('ul', { class: 'ask-list' }, ...titles),
      h('label', { class: 'ask-keep' }, keep, '总是保持以上选择，不再询问'),
      h(
        'div',
        { class: 'ask-buttons' },
        button({
          class: 'quiet',
          testid: 'subscribe-reject',
          text: '拒绝',
          onclick: () => void decide('reject'),
        }),
        button({
          class: 'main',
          testid: 'subscribe-accept',
          text: '允许',
          onclick: () => void decide('accept'),
        }),
      ),
    )
  })
}
