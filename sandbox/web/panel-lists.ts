import { type Control, listOf, type Person } from './control'
import { button, h, moment, yuan } from './dom'
import { createRedraw, section, table, type Section } from './panel-table'
import { describePerson } from './small-sheets'

type Act = (work: Promise<unknown>) => void
type Refreshing = Section & { refresh: () => Promise<void> }

const SHOWN = 60

function at(ms: number): string {
  const { month, day, time, second } = moment(ms)
  return `${month}-${day.padStart(2, '0')} ${time}:${second}`
}

interface CallbackTry {
  key: string
  url: string
  attempt: number
  status: number
  answer: string
  accepted: boolean
  at: number
}

interface PendingCallback {
  key: string
  url: string
  attempts: number
  nextAtMs: number | null
}

function tryState(one: CallbackTry): HTMLElement {
  const words = one.accepted ? `收下 ${one.status}` : one.status === 0 ? '没有应答' : `拒收 ${one.status}`
  return h('em', { class: one.accepted ? 'tag good' : 'tag bad', text: words, title: one.answer })
}

/** Every callback that left the sandbox, newest first, with those that wait for their next try. */
export function callbacksSection(control: Control, act: Act): Refreshing {
  const box = section('callbacks', '回调', '平台发给门户的通知，一次一行；可以再送一次。')
  const redraw = createRedraw(box.content)
  const resend = (key: string): HTMLElement =>
    button({
      class: 'act small',
      text: '再送一次',
      testid: `resend-${key}`,
      onclick: () => act(control.send('POST', `/callbacks/${encodeURIComponent(key)}/resend`)),
    })
  const refresh = async (): Promise<void> => {
    const answer = await control.get<unknown>('/callbacks')
    const pending = listOf<PendingCallback>(answer, 'pending')
    const tries = listOf<CallbackTry>(answer, 'tries').toReversed().slice(0, SHOWN)
    redraw([pending, tries], () => [
      pending.length === 0
        ? h('p', { class: 'note', text: '没有等着重送的回调。' })
        : table(
            pending,
            [
              { title: '等着送', cell: ({ key }) => h('code', { text: key }) },
              { title: '已试', cell: ({ attempts }) => String(attempts), number: true },
              { title: '下次', cell: ({ nextAtMs }) => (nextAtMs === null ? '正在送' : at(nextAtMs)) },
              { title: '', cell: ({ key }) => resend(key) },
            ],
            '',
          ),
      table(
        tries,
        [
          { title: '时间', cell: (one) => at(one.at) },
          { title: '编号', cell: (one) => h('code', { text: one.key, title: one.url }) },
          { title: '第几次', cell: (one) => String(one.attempt), number: true },
          { title: '结果', cell: tryState },
          { title: '', cell: (one) => resend(one.key) },
        ],
        '还没有回调。付一笔款，这里就会出现。',
      ),
    ])
  }
  return { ...box, refresh }
}

interface SentSms {
  id: string
  phone: string
  text: string
  at: number
}

/** Every text message that was sent, with its words. */
export function smsSection(control: Control): Refreshing {
  const box = section('sms', '短信', '发出去的每一条，验证码看这里。')
  const redraw = createRedraw(box.content)
  const refresh = async (): Promise<void> => {
    const rows = listOf<SentSms>(await control.get<unknown>('/sms'), 'messages').slice(0, SHOWN)
    redraw(rows, () => [
      table(
        rows,
        [
          { title: '时间', cell: (row) => at(row.at) },
          { title: '号码', cell: ({ phone }) => phone, number: true },
          { title: '内容', cell: ({ text }) => text },
        ],
        '还没有发过短信。',
      ),
    ])
  }
  return { ...box, refresh }
}

interface KeptMail {
  id: string
  to: string
  subject: string
  text: string
  at: number
}

/** Every mail that was taken, with its words. */
export function mailSection(control: Control): Refreshing {
  const box = section('mail', '邮件', '门户发出来的邮件，都停在这里，不会真寄出去。')
  const redraw = createRedraw(box.content)
  const refresh = async (): Promise<void> => {
    const rows = listOf<KeptMail>(await control.get<unknown>('/mail'), 'messages').slice(0, SHOWN)
    redraw(rows, () => [
      table(
        rows,
        [
          { title: '时间', cell: (row) => at(row.at) },
          { title: '收件人', cell: ({ to }) => to },
          { title: '主题', cell: ({ subject }) => subject },
          { title: '正文', cell: ({ text }) => text },
        ],
        '还没有收到过邮件。',
      ),
    ])
  }
  return { ...box, refresh }
}

interface UtilityState {
  companyId: string
  down: boolean
  receipts: {
    serial: string
    kind: string
    accountNo: string
    billKey: string
    amountFen: number
    receivedAtMs: number
  }[]
}

const COMPANY_NAMES: Record<string, string> = { heating: '供热公司', gas: '燃气公司', power: '供电公司' }

/** What each company's own billing system has been told, and the switch that takes it down. */
export function utilitySection(control: Control, act: Act, companyIds: string[]): Refreshing {
  const box = section('utility', '收费系统', '各公司自己的账：门户写回来的每一笔。关掉它，看门户怎么等。')
  const redraw = createRedraw(box.content)
  const company = (state: UtilityState): HTMLElement => {
    const toggle = h('input', { type: 'checkbox', testid: `utility-${state.companyId}-down`, label: '停机' })
    toggle.checked = state.down
    toggle.addEventListener('change', () =>
      act(
        control.send('POST', `/utility/${encodeURIComponent(state.companyId)}/down`, {
          down: toggle.checked,
        }),
      ),
    )
    const total = state.receipts.reduce(
      (sum, { kind, amountFen }) => sum + (kind === 'refund' ? -amountFen : amountFen),
      0,
    )
    return h(
      'article',
      { testid: `utility-${state.companyId}` },
      h(
        'div',
        { class: 'row' },
        h('h3', { text: COMPANY_NAMES[state.companyId] ?? state.companyId }),
        h('span', { class: 'spread', text: `${state.receipts.length} 笔，净额 ¥${yuan(total)}` }),
        h('label', { class: 'switch' }, toggle, h('i'), h('span', { text: state.down ? '停机了' : '停机' })),
      ),
      table(
        state.receipts.toReversed().slice(0, SHOWN),
        [
          { title: '时间', cell: (row) => at(row.receivedAtMs) },
          { title: '户号', cell: ({ accountNo }) => accountNo },
          { title: '账单', cell: ({ billKey }) => h('code', { text: billKey }) },
          { title: '流水号', cell: ({ serial }) => h('code', { text: serial }) },
          {
            title: '金额',
            cell: (row) => `${row.kind === 'refund' ? '退 ' : ''}${yuan(row.amountFen)}`,
            number: true,
          },
        ],
        '还没有收到缴费。',
      ),
    )
  }
  const refresh = async (): Promise<void> => {
    const states = await Promise.all(
      companyIds.map((id) => control.get<UtilityState>(`/utility/${encodeURIComponent(id)}`)),
    )
    redraw(states, () =>
      states.length > 0 ? states.map(company) : [h('p', { class: 'empty', text: '配置里没有收费系统。' })],
    )
  }
  return { ...box, refresh }
}

interface MoneyRow {
  channel: string
  account?: string
  outTradeNo: string
  tradeNo: string
  totalFen: number
  refundedFen: number
  state: string
}

const CHANNELS: Record<string, string> = { wechat: '微信', alipay: '支付宝' }

/** What the wallets have taken and given back, by their own books. */
export function moneySection(control: Control): Refreshing {
  const box = section('money', '钱', '两个钱包自己的账：收了什么、退了什么。')
  const redraw = createRedraw(box.content)
  const refresh = async (): Promise<void> => {
    const rows = listOf<MoneyRow>(await control.get<unknown>('/money'), 'taken')
    const sum = (pick: (row: MoneyRow) => number): string =>
      yuan(rows.reduce((total, row) => total + pick(row), 0))
    redraw(rows, () => [
      h(
        'p',
        { class: 'now', testid: 'money-total' },
        h('b', { text: `¥${sum(({ totalFen, refundedFen }) => totalFen - refundedFen)}` }),
        h('span', {
          text: `收 ${sum(({ totalFen }) => totalFen)}，退 ${sum(({ refundedFen }) => refundedFen)}，共 ${rows.length} 笔`,
        }),
      ),
      table(
        rows.toReversed().slice(0, SHOWN),
        [
          { title: '钱包', cell: ({ channel }) => CHANNELS[channel] ?? channel },
          { title: '商户', cell: ({ account }) => account ?? '' },
          { title: '商户订单号', cell: ({ outTradeNo }) => h('code', { text: outTradeNo }) },
          { title: '状态', cell: ({ state }) => h('em', { class: 'tag', text: state }) },
          { title: '收', cell: ({ totalFen }) => yuan(totalFen), number: true },
          {
            title: '退',
            cell: ({ refundedFen }) => (refundedFen === 0 ? '' : yuan(refundedFen)),
            number: true,
          },
        ],
        '还没有收过钱。',
      ),
    ])
  }
  return { ...box, refresh }
}

/** Who can hold the phones, and a form for one more. */
export function peopleSection(control: Control, act: Act): Refreshing {
  const box = section('people', '人', '谁能拿着手机；号码空着，就是没有验证过手机号的人。')
  const list = h('div', {})
  const redraw = createRedraw(list)
  const name = h('input', { placeholder: '姓名', label: '姓名', testid: 'person-new-name' })
  const phone = h('input', { placeholder: '手机号（可不填）', label: '手机号', testid: 'person-new-phone' })
  const add = (): void => {
    const called = name.value.trim()
    if (called === '') return
    const id = `p${Date.now().toString(36)}`
    act(control.send('POST', '/people', { id, name: called, phone: phone.value.trim() || null }))
    name.value = ''
    phone.value = ''
  }
  box.content.append(
    list,
    h(
      'div',
      { class: 'row' },
      name,
      phone,
      button({ class: 'act', testid: 'person-new-add', text: '添一个人', onclick: add }),
    ),
  )
  const refresh = async (): Promise<void> => {
    const rows = await control.people()
    redraw(rows, () => [
      table<Person>(
        rows,
        [
          { title: '姓名', cell: (row) => row.name },
          { title: '手机号', cell: describePerson },
          { title: '编号', cell: ({ id }) => h('code', { text: id }) },
        ],
        '一个人也没有。',
      ),
    ])
  }
  return { ...box, refresh }
}
