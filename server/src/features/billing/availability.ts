import type { CompanyConfig } from '../../core/config/companies'
import { parseShanghaiDateTime } from '../../core/clock'

const HOUR_MS = 3_600_000

/**
 * Why the company's figures cannot be given, or null when they can. An old figure is not a figure: after
 * `staleAfterHours` without an import nobody knows what was paid elsewhere meanwhile.
 */
export function unknownReason(
  company: CompanyConfig,
  lastImportAt: number | null,
  now: number,
): string | null {
  if (company.unavailable !== null && !isOver(company.unavailable.until, now)) {
    return `取不到：${company.unavailable.reason}，预计${company.unavailable.until}恢复`
  }
  if (lastImportAt === null) return `取不到：还没有收到${company.name}的账单`
  const hours = Math.floor((now - lastImportAt) / HOUR_MS)
  if (hours < company.staleAfterHours) return null
  const age = hours < 48 ? `${hours}小时` : `${Math.floor(hours / 24)}天`
  return `取不到：${company.name}的数据已经${age}没有更新`
}

/** `until` is for people; where it reads as a time of ours, the outage also ends by itself. */
function isOver(until: string, now: number): boolean {
  const text = until.length === 10 ? `${until} 23:59:59` : until.length === 16 ? `${until}:00` : until
  const untilMs = parseShanghaiDateTime(text.replace('T', ' '))
  return !Number.isNaN(untilMs) && untilMs < now
}

/** Bills whose money may go into one order: the same accounts at both wallets. */
export function merchantKeyOf(company: CompanyConfig): string {
  return `wechat:${company.merchants.wechat ?? '-'} alipay:${company.merchants.alipay ?? '-'}`
}
