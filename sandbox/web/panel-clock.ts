import type { Control } from './control'
import { button, h, moment } from './dom'
import { createRedraw, section, type Section } from './panel-table'

export interface ClockState {
  nowMs: number
  leadMs: number
  speed: number
}

const STEPS: [string, number][] = [
  ['1 分钟', 60_000],
  ['1 小时', 3_600_000],
  ['1 天', 86_400_000],
]
const SPEEDS: [string, number][] = [
  ['停住', 0],
  ['1 倍', 1],
  ['60 倍', 60],
  ['3600 倍', 3_600],
]

function leadWords(leadMs: number): string {
  const minutes = Math.round(leadMs / 60_000)
  if (Math.abs(minutes) < 1) return '和这台电脑一致'
  const ahead = minutes > 0 ? '快' : '慢'
  const total = Math.abs(minutes)
  const days = Math.floor(total / 1_440)
  const hours = Math.floor((total % 1_440) / 60)
  const parts = [
    days > 0 ? `${days} 天` : '',
    hours > 0 ? `${hours} 小时` : '',
    total % 60 > 0 ? `${total % 60} 分钟` : '',
  ]
  return `比这台电脑${ahead} ${parts.filter(Boolean).join(' ')}`
}

/** The sandbox's time: forward by steps, faster or still. */
export function clockSection(
  control: Control,
  act: (work: Promise<unknown>) => void,
): Section & {
  show: (clock: ClockState, timers: { label: string; dueMs: number }[]) => void
} {
  const box = section('clock', '时间', '回调重试、过期和对账都按沙箱的时间走；只能往前拨。')
  const redraw = createRedraw(box.content)
  const set = (body: object): void => act(control.send('POST', '/clock', body))
  const show = (clock: ClockState, timers: { label: string; dueMs: number }[]): void => {
    const now = moment(clock.nowMs)
    const next = timers[0]
    redraw([Math.floor(clock.nowMs / 1_000), clock.speed, next], () => [
      h(
        'p',
        { class: 'now', testid: 'clock-now' },
        h('b', { text: `${now.time}:${now.second}` }),
        h('span', {
          text: `${now.year}年${now.month}月${now.day}日 ${now.weekday}，${leadWords(clock.leadMs)}`,
        }),
      ),
      h(
        'div',
        { class: 'row' },
        h('span', { text: '往前拨' }),
        ...STEPS.map(([text, advanceMs]) =>
          button({
            class: 'act',
            text,
            testid: `clock-advance-${advanceMs}`,
            onclick: () => set({ advanceMs }),
          }),
        ),
      ),
      h(
        'div',
        { class: 'row' },
        h('span', { text: '走多快' }),
        ...SPEEDS.map(([text, speed]) =>
          button({
            class: clock.speed === speed ? 'act on' : 'act',
            text,
            testid: `clock-speed-${speed}`,
            onclick: () => set({ speed }),
          }),
        ),
      ),
      h('p', {
        class: 'note',
        text: next
          ? `接下来 ${moment(next.dueMs).time}：${next.label}（共 ${timers.length} 件）`
          : '没有等着到点的事。',
      }),
    ])
  }
  return { ...box, show }
}
