import { shanghaiParts } from '../../core/clock'
import type { Finding } from './judge-reading'
import type { Reason } from './schema'

/** What a resident is told of how a reading fits; the figures stand beside it. */
export const FINDING_WORDS: Readonly<Record<Finding, string>> = {
  backwards: '比上次的读数少',
  zero: '和上次一样，没有用量',
  low: '比往常少很多',
  high: '比往常多很多',
  rollover: '表走完一圈，从 0 重新计数，已按一圈计算',
  below_estimate: '比公司估的读数少，以您报的为准',
  thin: '以往的读数太少，没有可比较的用量',
}

export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  meter_changed: '换过新表',
  last_wrong: '上次的读数抄错了',
  estimated_high: '上次估多了',
  other: '其他原因',
}

const two = (value: number): string => String(value).padStart(2, '0')

/** 11月18日 24:00 前 is said as 11月18日; any other moment with its time. */
export function untilInWords(atMs: number): string {
  const p = shanghaiParts(atMs - 1)
  const q = shanghaiParts(atMs)
  return q.hour === 0 && q.minute === 0
    ? `${p.month}月${p.day}日`
    : `${q.month}月${q.day}日 ${two(q.hour)}:${two(q.minute)}`
}

export function dayInWords(atMs: number): string {
  const p = shanghaiParts(atMs)
  return `${p.month}月${p.day}日`
}

/** The last four of a meter's number: whoever stands before it can compare, nobody else learns it. */
export function maskSerial(serial: string): string {
  return serial.length <= 4 ? '****' : `${'*'.repeat(Math.min(8, serial.length - 4))}${serial.slice(-4)}`
}

/** 2026年11月22日 15:02: the form that message templates take for a time. */
export function minuteInWords(atMs: number): string {
  const p = shanghaiParts(atMs)
  return `${p.year}年${p.month}月${p.day}日 ${two(p.hour)}:${two(p.minute)}`
}

export function periodInWords(period: string): string {
  const [year = '', month = ''] = period.split('-')
  return `${year}年${Number(month)}月`
}
