import { Router } from '@koa/router'
import type { Kernel } from '../kernel/kernel'
import { asset, isAssetName } from './assets'
import { page } from './pages'
import { openPhone, type PhoneServer } from './proxy'
import type { PhoneName } from './rewrite'

/** The phones, switched on. */
export interface Phones {
  readonly wechatPort: number
  readonly alipayPort: number
  /** The field worker's own, which runs WeChat. */
  readonly workerPort: number
  close(): Promise<void>
}

// A port of 0 in the configuration means "any free one", so the page asks here for the one that was given.
const openPhones = new WeakMap<Kernel, Phones>()

/**
 * Switches the phones on, each at its own port. Rejects when one of the ports is taken; then none runs.
 * `sandboxPort` is where the sandbox listens when the configuration leaves it open (port 0).
 */
export async function startPhones(
  kernel: Kernel,
  { sandboxPort = kernel.config.port }: { sandboxPort?: number } = {},
): Promise<Phones> {
  const { wechatPort, alipayPort, workerPort } = kernel.config.phones
  const opened: PhoneServer[] = []
  const closeAll = async (): Promise<void> => {
    openPhones.delete(kernel)
    await Promise.all(opened.map((phone) => phone.close()))
  }
  const open = async (name: PhoneName, port: number): Promise<number> => {
    const phone = await openPhone({ kernel, name, port, sandboxPort })
    opened.push(phone)
    return phone.port
  }
  try {
    const phones: Phones = {
      wechatPort: await open('wechat', wechatPort),
      alipayPort: await open('alipay', alipayPort),
      workerPort: await open('worker', workerPort),
      close: closeAll,
    }
    openPhones.set(kernel, phones)
    return phones
  } catch (error) {
    await closeAll()
    throw error
  }
}

function pageConfig(kernel: Kernel): object {
  const { wechat, alipay, portalOrigin, utility, phones } = kernel.config
  const templates = [
    ...wechat.mini.templates,
    ...(wechat.oa.templates ?? []),
    ...alipay.apps.flatMap((app) => app.templates),
  ]
  const open = openPhones.get(kernel)
  return {
    wechatPort: open?.wechatPort ?? phones.wechatPort,
    alipayPort: open?.alipayPort ?? phones.alipayPort,
    workerPort: open?.workerPort ?? phones.workerPort,
    portalOrigin: new URL(portalOrigin).origin,
    templates: Object.fromEntries(templates.map(({ id, title, kind }) => [id, { title, kind }])),
    companies: utility.map(({ companyId }) => companyId),
  }
}

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css' }

/** The pages people look at: the residents' phones at /, all three at /phones, one alone under its name, /panel, /switch. */
export function phonesRoutes(kernel: Kernel): Router {
  const router = new Router()
  const show = (path: string, name: 'phones' | 'panel' | 'switch', title: string): void => {
    router.get(path, (ctx) => {
      ctx.type = 'text/html; charset=utf-8'
      ctx.set('cache-control', 'no-store')
      ctx.body = page(name, title)
    })
  }
  show('/', 'phones', '两部手机 · 一户沙箱')
  show('/phones', 'phones', '三部手机 · 一户沙箱')
  show('/phones/wechat', 'phones', '微信手机 · 一户沙箱')
  show('/phones/alipay', 'phones', '支付宝手机 · 一户沙箱')
  show('/phones/worker', 'phones', '师傅的手机 · 一户沙箱')
  show('/panel', 'panel', '控制台 · 一户沙箱')
  show('/switch', 'switch', '电话交换机 · 一户沙箱')
  router.get('/phones/config.json', (ctx) => {
    ctx.set('cache-control', 'no-store')
    ctx.body = pageConfig(kernel)
  })
  router.get('/assets/:name', async (ctx) => {
    const name = String(ctx.params['name'])
    if (!isAssetName(name) || name.startsWith('bridge-')) return
    ctx.type = `${TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain'}; charset=utf-8`
    ctx.set('cache-control', 'no-cache')
    ctx.body = await asset(name)
  })
  router.get('/favicon.ico', (ctx) => {
    ctx.status = 204
  })
  return router
}
