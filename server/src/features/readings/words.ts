import { shanghaiParts } from '../../core/clock'
import type { Finding } from './judge-reading'
import type { NextStep, Reason } from './schema'

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

/** What happens next, in a sentence. */
export function nextInWords({ code, until, againUntil, requestNumber }: NextStep): string {
  const again = againUntil === null ? '' : `${untilInWords(againUntil)}前可以重新报。`
  switch (code) {
    case 'replaced':
      return '后来报的读数已经替换了它。'
    case 'rejected':
      return `这个读数没有采用。${again}`
    case 'visit':
      return `已安排工作人员上门核实（${requestNumber ?? ''}），结果会通知您。`
    case 'check':
      return `工作人员会在${until === null ? '' : `${untilInWords(until)}前`}核实，结果会通知您。${again}`
    case 'corrected':
      return '公司已按您报的读数更正了账单。'
    case 'next-bill':
      return '新一期账单已从您报的读数算起。'
    case 'refused':
      return '公司的收费系统暂时没有收下，工作人员正在处理，您不用重新报。'
    case 'told-waits':
      return '已报给公司，更正后的账单到了会通知您。'
    case 'telling-waits':
      return '正在报给公司，更正后的账单到了会通知您。'
    case 'told':
      return `已报给公司，下一期账单按它计算。${again}`
    case 'telling':
      return `正在报给公司，下一期账单按它计算。${again}`
  }
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
