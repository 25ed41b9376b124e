import { ControlRefusal } from '../control-answer'
import type { LinkRuleConfig } from '../kernel/config'
import type { Kernel } from '../kernel/kernel'
import type { Wallet } from '../phones/rewrite'
import { fits, type LinkRule } from './matching'
import { type VerifyFile, verifyFileOf } from './verify-file'

/** What both consoles allow for each app (wechat.md 6.2, 6.4; alipay.md 6.2). */
const RULES_PER_APP: Record<Wallet, number> = { wechat: 100, alipay: 20 }
const WECHAT_PUBLISHES_A_MONTH = 500
const FETCH_TIMEOUT_MS = 5_000
/** A verification file is a line of text; whatever is longer is some page. */
const FILE_LIMIT = 1_024
const SHANGHAI_MS = 8 * 3_600_000
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** A refusal for which the portal's silence is the cause, so that asking again may help. */
export const SILENT = 502

interface App {
  wallet: Wallet
  appId: string
  name: string
}

export interface ShownApp extends App {
  /** Whether a version of the mini-program is out; without one no code opens it. */
  released: boolean
  verifyFile: VerifyFile
  rulesLeft: number
  /** Null where no limit is known. */
  publishesLeft: number | null
}

const rules = (kernel: Kernel) => kernel.store.table<LinkRule>('links.rules')
const withdrawn = (kernel: Kernel) => kernel.store.table<true>('links.withdrawn')
const publishes = (kernel: Kernel) => kernel.store.table<number>('links.publishes')

const isReleased = (kernel: Kernel, appId: string): boolean => withdrawn(kernel).get(appId) === undefined

/** The mini-programs that can have rules. */
function apps({ config }: Kernel): App[] {
  const { mini } = config.wechat
  return [
    { wallet: 'wechat', appId: mini.appid, name: '小程序' },
    ...config.alipay.apps.map(({ appId, name }) => ({
      wallet: 'alipay' as const,
      appId,
      name: name ?? '支付宝小程序',
    })),
  ]
}

function appOf(kernel: Kernel, appId: string): App {
  const app = apps(kernel).find((one) => one.appId === appId)
  if (!app) throw new ControlRefusal(404, '没有这个小程序')
  return app
}

const monthOf = (kernel: Kernel, appId: string): string =>
  `${appId}:${new Date(kernel.clock.now() + SHANGHAI_MS).toISOString().slice(0, 7)}`

/** Both consoles' pages of rules. */
export function listRules(kernel: Kernel): { apps: ShownApp[]; rules: LinkRule[] } {
  const all = rules(kernel).all()
  return {
    apps: apps(kernel).map((app) => ({
      ...app,
      released: isReleased(kernel, app.appId),
      verifyFile: verifyFileOf(app.appId),
      rulesLeft: RULES_PER_APP[app.wallet] - all.filter(({ appId }) => appId === app.appId).length,
      publishesLeft:
        app.wallet === 'wechat'
          ? WECHAT_PUBLISHES_A_MONTH - (publishes(kernel).get(monthOf(kernel, app.appId)) ?? 0)
          : null,
    })),
    rules: all,
  }
}

/** The link of a rule as an address, or a refusal in the console's words. */
function readLink(kernel: Kernel, link: string): URL {
  if (!URL.canParse(link)) throw new ControlRefusal(400, '规则要写成完整的链接')
  const url = new URL(link)
  // Neither platform takes an address without a certificate; on this machine there is none to be had.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.includes(url.hostname)))
    throw new ControlRefusal(400, '规则要用 https 链接')
  if (url.hash !== '' || url.username !== '') throw new ControlRefusal(400, '规则里不能有 # 和用户名')
  if (url.origin !== new URL(kernel.config.portalOrigin).origin)
    throw new ControlRefusal(400, '这个域名没有备案在本账号名下')
  return url
}

function refuseTaken(kernel: Kernel, { wallet, appId, link }: LinkRuleConfig): void {
  const same = rules(kernel).find((rule) => rule.wallet === wallet && rule.link === link)
  if (same)
    throw new ControlRefusal(409, same.appId === appId ? '这条规则已经有了' : '别的小程序已经占用这条规则')
}

/** Where the platform looks: WeChat in the rule's last directory, Alipay at the root of the domain. */
function placeOf(wallet: Wallet, rule: URL, { name }: VerifyFile): string {
  return new URL(wallet === 'wechat' ? name : `/${name}`, rule).href
}

async function askFor(address: string): Promise<{ status: number; text: string }> {
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
    return { status: answer.status, text: (await answer.text()).slice(0, FILE_LIMIT) }
  } catch {
    throw new ControlRefusal(SILENT, `校验文件取不到：${address} 没有应答`)
  }
}

/** Fetches the verification file as the platform does: 200 without a detour, and nothing but its content. */
async function verify(wallet: Wallet, appId: string, rule: URL): Promise<void> {
  const file = verifyFileOf(appId)
  const address = placeOf(wallet, rule, file)
  const { status, text } = await askFor(address)
  if (status >= 500) throw new ControlRefusal(SILENT, `校验文件取不到：${address} 答 ${status}`)
  if (status !== 200)
    throw new ControlRefusal(409, `校验文件取不到：${address} 答 ${status}，应答 200 且不跳转`)
  if (text !== file.content) throw new ControlRefusal(409, `校验文件内容不对：${address}`)
}

/** Adds a rule, once its verification file is where it must be. It does nothing yet. */
export async function addRule(kernel: Kernel, wanted: LinkRuleConfig): Promise<LinkRule> {
  const { wallet, appId, page } = wanted
  if (appOf(kernel, appId).wallet !== wallet) throw new ControlRefusal(400, '这个小程序不是这个平台的')
  const url = readLink(kernel, wanted.link)
  if (!/^[\w-]+(\/[\w-]+)+$/.test(page)) throw new ControlRefusal(400, '小程序页面写成 pages/home/index 这样')
  refuseTaken(kernel, wanted)
  await verify(wallet, appId, url)
  // Another hand may have added it while the file was fetched.
  refuseTaken(kernel, wanted)
  const own = rules(kernel)
    .all()
    .filter((rule) => rule.appId === appId)
  if (own.length >= RULES_PER_APP[wallet])
    throw new ControlRefusal(409, `一个小程序最多 ${RULES_PER_APP[wallet]} 条规则`)
  const rule: LinkRule = {
    ...wanted,
    id: `link-${kernel.random.hex(8)}`,
    state: 'added',
    addedAt: kernel.clock.now(),
  }
  rules(kernel).put(rule.id, rule)
  return rule
}

export function ruleOf(kernel: Kernel, id: string): LinkRule {
  const rule = rules(kernel).get(id)
  if (!rule) throw new ControlRefusal(404, '没有这条规则')
  return rule
}

/** Publishes a rule: the file is looked at again, and from now on scanners follow it. */
export async function publishRule(kernel: Kernel, id: string): Promise<LinkRule> {
  const rule = ruleOf(kernel, id)
  if (!isReleased(kernel, rule.appId)) throw new ControlRefusal(409, '小程序还没有发布，规则不能发布')
  const month = monthOf(kernel, rule.appId)
  const used = publishes(kernel).get(month) ?? 0
  if (rule.wallet === 'wechat' && used >= WECHAT_PUBLISHES_A_MONTH)
    throw new ControlRefusal(409, `一个月最多发布 ${WECHAT_PUBLISHES_A_MONTH} 次`)
  await verify(rule.wallet, rule.appId, new URL(rule.link))
  publishes(kernel).put(month, used + 1)
  const published: LinkRule = { ...rule, state: 'published' }
  rules(kernel).put(id, published)
  return published
}

export function deleteRule(kernel: Kernel, id: string): void {
  rules(kernel).delete(ruleOf(kernel, id).id)
}

/** Puts the mini-program out, or takes it back. */
export function releaseApp(kernel: Kernel, appId: string, released: boolean): void {
  appOf(kernel, appId)
  if (released) withdrawn(kernel).delete(appId)
  else withdrawn(kernel).put(appId, true)
}

/** The rule that a scanned link falls under for this wallet: published, of a mini-program that is out; the longest of several. */
export function followedRule(kernel: Kernel, wallet: Wallet, scanned: URL): LinkRule | undefined {
  return rules(kernel)
    .all()
    .filter((rule) => rule.wallet === wallet && rule.state === 'published' && isReleased(kernel, rule.appId))
    .filter((rule) => fits(rule, scanned))
    .toSorted((a, b) => b.link.length - a.link.length)[0]
}

/** What the configuration wants published, as an operator would do it by hand. True when the rule already is. */
export async function ensureRule(kernel: Kernel, wanted: LinkRuleConfig): Promise<void> {
  const known = rules(kernel).find(
    (rule) => rule.wallet === wanted.wallet && rule.appId === wanted.appId && rule.link === wanted.link,
  )
  if (known?.page !== wanted.page && known) deleteRule(kernel, known.id)
  const rule = known?.page === wanted.page ? known : await addRule(kernel, wanted)
  if (rule.state === 'added') await publishRule(kernel, rule.id)
}
