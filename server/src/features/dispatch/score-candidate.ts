import { distanceInWords } from './straight-line'

/** What is known of one worker when somebody must be sent. */
export interface CandidateFacts {
  readonly presence: 'online' | 'away' | 'offline'
  /** Null when the work asks for no skill. */
  readonly hasSkill: boolean | null
  readonly inArea: boolean
  readonly openOrders: number
  /** Metres in a straight line; null when nobody knows where they are. */
  readonly distanceM: number | null
}

/** What the words speak of. */
export interface Errand {
  readonly typeName: string
  /** The community, such as 松海园; null when the request has no place. */
  readonly areaName: string | null
}

/**
 * Points out of a hundred. Somebody who is away cannot be sent at all, so presence weighs most; then whether they can
 * do it; then whose area it is; distance decides among equals, and each order on hand takes away as much as about
 * four kilometres.
 */
const PRESENCE = { online: 40, away: 10, offline: 0 } as const
const SKILL = 30
const AREA = 15
const NEAR = 15
const FAR_M = 10_000
/** As good as half way between near and far: not knowing is neither. */
const UNKNOWN_DISTANCE = NEAR / 2
const PER_ORDER = 6
const MOST_FOR_ORDERS = 30

export function scoreCandidate(facts: CandidateFacts): number {
  const near = facts.distanceM === null ? UNKNOWN_DISTANCE : NEAR * Math.max(0, 1 - facts.distanceM / FAR_M)
  const points =
    PRESENCE[facts.presence] +
    (facts.hasSkill === false ? 0 : SKILL) +
    (facts.inArea ? AREA : 0) +
    near -
    Math.min(MOST_FOR_ORDERS, facts.openOrders * PER_ORDER)
  return Math.max(0, Math.round(points * 10) / 10)
}

const PRESENCE_WORDS = { online: '在线', away: '暂离', offline: '不在线' } as const

/** Why this one, such as 在线 · 会处理阀门漏水 · 负责松海园 · 手上2单 · 约1.2公里. */
export function reasonOfCandidate(facts: CandidateFacts, errand: Errand): string {
  const parts: string[] = [PRESENCE_WORDS[facts.presence]]
  if (facts.hasSkill !== null) parts.push(facts.hasSkill ? `会处理${errand.typeName}` : '没有这项技能')
  if (errand.areaName !== null)
    parts.push(facts.inArea ? `负责${errand.areaName}` : `不负责${errand.areaName}`)
  parts.push(facts.openOrders === 0 ? '手上没有单' : `手上${facts.openOrders}单`)
  if (facts.distanceM !== null) parts.push(distanceInWords(facts.distanceM))
  return parts.join(' · ')
}
