import { createControl } from './control'
import { button, h, moment } from './dom'

/** The page on which a person plays the call centre's switch. */

interface Call {
  id: string
  companyId: string
  from: string | null
  extension: string | null
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
}

const LOOK_EVERY_MS = 1_000
const COMPANY_WORDS: Record<string, string> = { heating: '供热', gas: '燃气', power: '供电', water: '供水' }

function field(label: string, control: HTMLElement): HTMLElement {
  return h('label', {}, label, control)
}

function stateOf(call: Call): string {
  if (call.endedAt !== null) return call.answeredAt === null ? '没有接通' : '已挂断'
  if (call.answeredAt !== null) return `通话中 · 分机 ${call.extension ?? ''}`
  return call.extension === null ? '排队中' : `分机 ${call.extension} 响铃`
}

function callBox(call: Call, act: (step: string, body?: object) => void): HTMLElement {
  const { time, second } = moment(call.startedAt)
  const isOver = call.endedAt !== null
  const extension = h('input', { type: 'text', placeholder: '分机号', label: `转到分机 ${call.id}` })
  return h(
    'article',
    { class: isOver ? 'call over' : 'call', testid: `call-${call.from ?? 'withheld'}` },
    h(
      'header',
      {},
      h('b', { text: call.from ?? '号码未显示' }),
      h('em', {
        text: `${COMPANY_WORDS[call.companyId] ?? call.companyId} · ${time}:${second} · ${stateOf(call)}`,
      }),
    ),
    isOver
      ? null
      : h(
          'div',
          { class: 'row' },
          call.answeredAt === null && call.extension !== null
            ? button({ class: 'act on', text: '接听', onclick: () => act('answer') })
            : null,
          extension,
          button({
            class: 'act',
            text: '转到分机',
            onclick: () => act('connect', { extension: extension.value.trim() }),
          }),
          button({ class: 'act', text: '挂断', onclick: () => act('hang-up') }),
        ),
  )
}

/** Who rings, where, and at which telephone. */
function ringForm(companies: readonly string[], ring: (call: object) => void): HTMLElement {
  const company = h('select', { label: '公司' })
  for (const id of companies) company.append(h('option', { value: id, text: COMPANY_WORDS[id] ?? id }))
  const from = h('input', { type: 'tel', placeholder: '13800138000；不填为不显示号码', label: '来电号码' })
  const extension = h('input', { type: 'text', placeholder: '8001；不填先排队', label: '直接转到分机' })
  const ringing = button({
    class: 'act on',
    text: '打进来',
    testid: 'ring',
    onclick: () =>
      ring({
        companyId: company.value,
        from: from.value.trim(),
        extension: extension.value.trim(),
      }),
  })
  return h(
    'form',
    { class: 'box' },
    field('公司', company),
    field('来电号码', from),
    field('直接转到分机', extension),
    ringing,
  )
}

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) return
  const control = createControl('/control')
  const { companies } = await control.get<{ companies: string[] }>('/switch')
  const notice = h('p', { class: 'notice', role: 'status', testid: 'switch-notice' })
  const list = h('div', { class: 'calls' })
  let shown = ''
  const look = async (): Promise<void> => {
    const { calls } = await control.get<{ calls: Call[] }>('/switch')
    const next = JSON.stringify(calls)
    // What somebody is typing stays while nothing has changed.
    if (next === shown) return
    shown = next
    list.replaceChildren(
      ...calls
        .slice(0, 30)
        .map((call) =>
          callBox(call, (step, body) => run(control.send('POST', `/switch/${call.id}/${step}`, body ?? {}))),
        ),
    )
  }
  const run = (work: Promise<unknown>): void => {
    work.then(look).then(
      () => {
        notice.textContent = ''
      },
      (error: unknown) => {
        notice.textContent = error instanceof Error ? error.message : '没有办成'
      },
    )
  }
  root.replaceChildren(
    h(
      'header',
      { class: 'top' },
      h('h1', { text: '一户沙箱 · 电话交换机' }),
      h('span', { text: '扮演呼叫中心的交换机：来电、转分机、接听、挂断，都会告诉门户。' }),
      h('nav', {}, h('a', { href: '/panel', text: '控制台' }), h('a', { href: '/', text: '两部手机' })),
    ),
    notice,
    h(
      'main',
      {},
      ringForm(companies, (call) => run(control.send('POST', '/switch/ring', call))),
      companies.length === 0 ? h('p', { class: 'note', text: '沙箱没有配交换机（switches）。' }) : list,
    ),
  )
  await look()
  setInterval(() => {
    if (document.visibilityState === 'visible') run(Promise.resolve())
  }, LOOK_EVERY_MS)
}

void start()
