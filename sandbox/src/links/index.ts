import { Router } from '@koa/router'
import { answerControl, ControlRefusal, controlBody, requiredText } from '../control-answer'
import type { LinkRuleConfig } from '../kernel/config'
import type { Kernel } from '../kernel/kernel'
import type { Wallet } from '../phones/rewrite'
import {
  addRule,
  deleteRule,
  ensureRule,
  followedRule,
  listRules,
  publishRule,
  releaseApp,
  SILENT,
} from './rules'

type Body = Record<string, unknown>

/** What a wallet's scanner does with a link. */
export type Scanned =
  /** The mini-program, with what its page (WeChat) or its App.onLaunch and onShow (Alipay) are given. */
  | { opens: 'mini'; appId: string; page: string; query: Record<string, string> }
  | { opens: 'browser'; path: string }
  | { opens: 'nothing'; message: string }

function walletOf(body: Body): Wallet {
  const wallet = body['wallet']
  if (wallet === 'wechat' || wallet === 'alipay') return wallet
  throw new ControlRefusal(400, 'wallet 应为 wechat / alipay')
}

function newRule(body: Body): LinkRuleConfig {
  return {
    wallet: walletOf(body),
    appId: requiredText(body, 'appId'),
    link: requiredText(body, 'link'),
    match: body['match'] === 'exact' ? 'exact' : 'prefix',
    page: requiredText(body, 'page'),
  }
}

/** A published rule opens its mini-program; without one the wallet's browser opens what is the portal's own. */
function scan(kernel: Kernel, body: Body): Scanned {
  const wallet = walletOf(body)
  const text = requiredText(body, 'text')
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return { opens: 'nothing', message: '码里不是链接' }
  const url = new URL(text)
  const rule = followedRule(kernel, wallet, url)
  if (rule) {
    const { appId, page } = rule
    // Both platforms hand the whole link over encoded once; whoever reads it decodes it once.
    const link = encodeURIComponent(text)
    const query: Record<string, string> =
      wallet === 'wechat'
        ? { q: link, scancode_time: String(Math.floor(kernel.clock.now() / 1000)) }
        : { qrCode: link }
    return { opens: 'mini', appId, page, query }
  }
  const isPortal = url.origin === new URL(kernel.config.portalOrigin).origin
  if (!isPortal) return { opens: 'nothing', message: '这部手机只打开门户自己的页面' }
  return { opens: 'browser', path: url.pathname + url.search + url.hash }
}

function release(kernel: Kernel, body: Body): void {
  const { released } = body
  if (typeof released !== 'boolean') throw new ControlRefusal(400, 'released 应为 true / false')
  releaseApp(kernel, requiredText(body, 'appId'), released)
}

/** The two consoles' rules for ordinary links, and what scanning one does, under /control/links. */
export function linksControl(kernel: Kernel): Router {
  const router = new Router()
  router.get('/links', (ctx) => answerControl(ctx, () => listRules(kernel)))
  router.post('/links', (ctx) => answerControl(ctx, () => addRule(kernel, newRule(controlBody(ctx)))))
  router.post('/links/scan', (ctx) => answerControl(ctx, () => scan(kernel, controlBody(ctx))))
  router.post('/links/release', (ctx) => answerControl(ctx, () => release(kernel, controlBody(ctx))))
  router.post('/links/:id/publish', (ctx) =>
    answerControl(ctx, () => publishRule(kernel, String(ctx.params['id']))),
  )
  router.delete('/links/:id', (ctx) => answerControl(ctx, () => deleteRule(kernel, String(ctx.params['id']))))
  return router
}

const ASK_AGAIN_MS = 500

/**
 * Publishes the rules of the configuration. The portal that must serve the files may still be starting, so one that is
 * silent is asked again; what it refuses is logged and left to people. Returns what stops it.
 */
export function publishConfiguredRules(kernel: Kernel): () => void {
  let handle: NodeJS.Timeout | undefined
  let stopped = false
  const attempt = async (waiting: readonly LinkRuleConfig[]): Promise<void> => {
    const silent: LinkRuleConfig[] = []
    for (const rule of waiting) {
      const { wallet, appId, link } = rule
      try {
        await ensureRule(kernel, rule)
        kernel.log('links.published', { wallet, appId, link })
      } catch (error) {
        if (!(error instanceof ControlRefusal)) throw error
        if (error.status === SILENT) silent.push(rule)
        else kernel.log('links.refused', { wallet, appId, link, message: error.message })
      }
    }
    if (silent.length > 0 && !stopped) handle = setTimeout(() => void attempt(silent), ASK_AGAIN_MS)
  }
  void attempt(kernel.config.linkRules)
  return () => {
    stopped = true
    clearTimeout(handle)
  }
}
