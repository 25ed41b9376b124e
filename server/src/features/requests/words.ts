import { shanghaiDay, shanghaiParts } from '../../core/clock'
import type { ClockKind, ServiceClass } from '../catalogue'
import type { HoldReason, PausedFor, RequestState } from './schema'
import type { MoveName } from './states'

/** What residents and staff read about a request, in one place, so that a page and a message say the same. */

export const STATE_WORDS: Readonly<Record<RequestState, string>> = {
  submitted: '已提交，等待受理',
  accepted: '已受理，正在安排',
  dispatched: '已安排师傅',
  'on-the-way': '师傅在路上',
  'on-site': '师傅正在现场处理',
  'on-hold': '暂停处理',
  resolved: '已处理，请您确认',
  closed: '已办结',
  returned: '正在重新安排',
  merged: '和邻居的同一问题一起处理',
  cancelled: '已撤销',
}

export const CLASS_WORDS: Readonly<Record<ServiceClass, string>> = {
  repair: '报修',
  complaint: '投诉',
  service: '服务申请',
  other: '诉求',
}

export const HOLD_WORDS: Readonly<Record<HoldReason, string>> = {
  customer: '等您方便的时间',
  parts: '等配件',
  weather: '等天气好转',
}

export const PAUSED_WORDS: Readonly<Record<PausedFor, string>> = {
  ...HOLD_WORDS,
  hold: '暂停处理',
  outage: '停供中，恢复后告诉您',
  merged: '和邻居的同一问题一起处理',
}

export const CLOCK_WORDS: Readonly<Record<ClockKind, string>> = {
  accept: '受理',
  arrive: '到达',
  restore: '恢复',
  reply: '答复',
}

/** What the move is called when it is refused. */
export const MOVE_WORDS: Readonly<Record<MoveName, string>> = {
  accept: '受理',
  return: '退回',
  dispatch: '派单',
  'set-out': '出发',
  arrive: '签到',
  hold: '暂停',
  resume: '恢复处理',
  resolve: '办结',
  close: '关闭',
  cancel: '撤销',
  reopen: '重新打开',
  merge: '合并',
  join: '并入停供通知',
  restore: '随停供恢复办结',
  split: '拆分',
  follow: '跟随合并',
}

const COMPOUND_SURNAMES = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '令狐',
  '慕容',
])

/** 孙师傅 of 孙建国: residents know the person who comes by the surname. */
export function workerTitle(name: string): string {
  const surname = COMPOUND_SURNAMES.has(name.slice(0, 2)) ? name.slice(0, 2) : name.slice(0, 1)
  return `${surname}师傅`
}

const two = (value: number): string => String(value).padStart(2, '0')

/** 今天15:40, 11月20日 15:40: Shanghai, as people say it. */
export function whenInWords(atMs: number, nowMs: number): string {
  const p = shanghaiParts(atMs)
  const time = `${two(p.hour)}:${two(p.minute)}`
  return shanghaiDay(atMs) === shanghaiDay(nowMs) ? `今天${time}` : `${p.month}月${p.day}日 ${time}`
}

/** 2026年11月22日 15:02: the form that message templates take for a time. */
export function minuteInWords(atMs: number): string {
  const p = shanghaiParts(atMs)
  return `${p.year}年${p.month}月${p.day}日 ${two(p.hour)}:${two(p.minute)}`
}
