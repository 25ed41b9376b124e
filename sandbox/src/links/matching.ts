import type { LinkRuleConfig } from '../kernel/config'

/** A rule of "扫普通链接二维码打开小程序" (WeChat) or "关联普通二维码" (Alipay), as its console keeps it. */
export interface LinkRule extends LinkRuleConfig {
  id: string
  state: 'added' | 'published'
  addedAt: number
}

/**
 * WeChat (wechat.md 6.2): protocol and host are the same; sub-paths only when the rule ends with a slash; when the rule
 * has a query, the link's must start with it.
 */
function fitsWechat(rule: URL, link: URL): boolean {
  if (rule.search !== '') return link.pathname === rule.pathname && link.search.startsWith(rule.search)
  if (rule.pathname.endsWith('/')) return link.pathname.startsWith(rule.pathname)
  return link.pathname === rule.pathname
}

/** Whether the scanned link falls under the rule, published or not. */
export function fits({ wallet, link, match }: LinkRuleConfig, scanned: URL): boolean {
  const rule = new URL(link)
  if (rule.origin !== scanned.origin) return false
  if (wallet === 'wechat') return fitsWechat(rule, scanned)
  return match === 'exact' ? scanned.href === rule.href : scanned.href.startsWith(rule.href)
}
