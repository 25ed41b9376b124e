import type { CompanyConfig } from '../../core/config/companies'
import { shanghaiDay, shanghaiParts } from '../../core/clock'
import type { NoticeRow } from './entities'
import type { ChangeKind, NoticeKind, ShownState } from './schema'

/** What residents and publishers read about a notice, in one place, so that a page and a message say the same. */

const STOPS: Readonly<Record<CompanyConfig['kind'], string>> = {
  power: '停电',
  gas: '停气',
  heating: '停暖',
  water: '停水',
}

const SUPPLIES: Readonly<Record<CompanyConfig['kind'], string>> = {
  power: '供电',
  gas: '供气',
  heating: '供暖',
  water: '供水',
}

/** 停暖. */
export function stopWords(company: Pick<CompanyConfig, 'kind'>): string {
  return STOPS[company.kind]
}

/** 供暖. */
export function supplyWords(company: Pick<CompanyConfig, 'kind'>): string {
  return SUPPLIES[company.kind]
}

/** 计划停电, 突发停气, 公告. */
export function kindWords(kind: NoticeKind, company: Pick<CompanyConfig, 'kind'>): string {
  if (kind === 'general') return '公告'
  return `${kind === 'planned' ? '计划' : '突发'}${STOPS[company.kind]}`
}

export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  first: '发布',
  extended: '延期',
  restored: '已恢复',
  cancelled: '已取消',
  correction: '更正',
}

const SHOWN_WORDS: Readonly<Record<ShownState, string>> = {
  planned: '计划中',
  'under-way': '进行中',
  extended: '延期',
  restored: '已恢复',
  cancelled: '已取消',
  general: '公告',
}

type Facts = Pick<NoticeRow, 'kind' | 'state' | 'startsAt' | 'endsAt'>

/** `wasExtended`: one of its published versions said so. */
export function shownOf(notice: Facts, wasExtended: boolean, now: number): ShownState {
  if (notice.state === 'cancelled') return 'cancelled'
  if (notice.kind === 'general') return 'general'
  if (notice.state === 'restored' || notice.state === 'ended') return 'restored'
  if (wasExtended) return 'extended'
  return notice.startsAt !== null && notice.startsAt > now ? 'planned' : 'under-way'
}

export const isLate = ({ endsAt }: Pick<Facts, 'endsAt'>, now: number): boolean =>
  endsAt !== null && endsAt <= now

/** The state as residents read it; an end that has passed is said, never counted below nought. */
export function shownWords(notice: Facts, wasExtended: boolean, now: number): string {
  const shown = shownOf(notice, wasExtended, now)
  if (notice.state === 'ended') return '已结束'
  if ((shown === 'under-way' || shown === 'extended') && isLate(notice, now))
    return `${SHOWN_WORDS[shown]}，已过预计恢复时间，仍在处理`
  return SHOWN_WORDS[shown]
}

const two = (value: number): string => String(value).padStart(2, '0')

/** 今天15:40, 11月20日 15:40: Shanghai, as people say it. */
export function timeWords(atMs: number, nowMs: number): string {
  const p = shanghaiParts(atMs)
  const time = `${two(p.hour)}:${two(p.minute)}`
  return shanghaiDay(atMs) === shanghaiDay(nowMs) ? `今天${time}` : `${p.month}月${p.day}日 ${time}`
}

/** 2026年11月22日 15:02: the form that message templates take for a time. */
export function templateTime(atMs: number): string {
  const p = shanghaiParts(atMs)
  return `${p.year}年${p.month}月${p.day}日 ${two(p.hour)}:${two(p.minute)}`
}

/** 松海园/41号楼 → 松海园 41号楼. */
export function areaWords(fullName: string): string {
  return fullName.replaceAll('/', ' ')
}

/** 松海园 41号楼等3处. */
export function placesWords(fullNames: readonly string[], named: number): string {
  const [first] = fullNames
  if (first === undefined) return named === 0 ? '' : `指定的${named}户`
  const others = fullNames.length - 1 + (named > 0 ? 1 : 0)
  return others === 0 ? areaWords(first) : `${areaWords(first)}等${others + 1}处`
}
