import type { Router } from '@koa/router'
import Koa, { type Context, type Next } from 'koa'
import type { Kernel } from './kernel/kernel'

/**
 * One mounted part of the sandbox. Its router sees paths without the prefix; `ctx.originalUrl` keeps the whole.
 * Of two prefixes that fit, the longer is asked first; a part without such a route leaves it to the next.
 */
export interface Feature {
  prefix: string
  router: Router
  /** Whether the http.* faults may strike here. */
  faulty: boolean
  /** The platform's own body for 429 and 500; empty when absent. */
  busyBody?: (status: 429 | 500) => string
}

/** Where people and tests steer the sandbox; answered on this machine only. */
const CONTROL = '/control'
/** A picture of ten megabytes in a form. */
const BODY_LIMIT_BYTES = 12 * 1_048_576
const SLOW_MS = 8_000

const HTTP_FAULTS: [string, string][] = [
  ['http.429', '平台答 429（params.path 限定路径）'],
  ['http.500', '平台答 500（params.when=after：先办成再答 500）'],
  ['http.garbage', '平台答一段乱码'],
  ['http.cut', '办成以后断开连接（params.when=before：什么也没办就断开）'],
  ['http.slow', '平台很慢（params.delayMs，默认 8000，真实时间）'],
]

class BodyTooLarge extends Error {}

async function readBody(ctx: Context): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of ctx.req) {
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > BODY_LIMIT_BYTES) throw new BodyTooLarge()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

async function rawBody(ctx: Context, next: Next): Promise<void> {
  try {
    ctx.state['rawBody'] = await readBody(ctx)
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    ctx.status = 413
    return
  }
  await next()
}

function isLoopback(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
}

function cut(ctx: Context): void {
  ctx.respond = false
  ctx.req.socket.destroy()
}

async function withFaults(
  kernel: Kernel,
  feature: Feature,
  ctx: Context,
  run: () => Promise<void>,
): Promise<void> {
  const strikes = (name: string): Record<string, unknown> | undefined => {
    const rule = kernel.faults.active().find((one) => one.name === name)
    const path = rule?.params?.['path']
    if (!rule || (typeof path === 'string' && !ctx.originalUrl.includes(path))) return undefined
    return kernel.faults.take(name) ? (rule.params ?? {}) : undefined
  }
  const slow = strikes('http.slow')
  if (slow) await new Promise((resolve) => setTimeout(resolve, Number(slow['delayMs'] ?? SLOW_MS)))
  if (strikes('http.429')) {
    ctx.status = 429
    ctx.body = feature.busyBody?.(429) ?? ''
    return
  }
  const broken = strikes('http.500')
  const severed = strikes('http.cut')
  if (severed?.['when'] === 'before') return cut(ctx)
  if (!broken || broken['when'] === 'after') await run()
  if (severed) return cut(ctx)
  if (broken) {
    ctx.status = 500
    ctx.body = feature.busyBody?.(500) ?? ''
  } else if (strikes('http.garbage')) {
    ctx.status = 200
    ctx.type = 'application/json'
    ctx.body = '<html>\u0000{"garbage":'
  }
}

function fits(feature: Feature, path: string): boolean {
  return feature.prefix === '' || path === feature.prefix || path.startsWith(`${feature.prefix}/`)
}

/** Runs one part if the path is its; false when it has no such route, so that the next part may look. */
async function runFeature(kernel: Kernel, feature: Feature, ctx: Context): Promise<boolean> {
  if (!fits(feature, ctx.path)) return false
  if (feature.prefix === CONTROL && !isLoopback(ctx.req.socket.remoteAddress)) {
    ctx.status = 403
    return true
  }
  const whole = ctx.url
  const rest = whole.slice(feature.prefix.length)
  ctx.url = rest.startsWith('/') ? rest : `/${rest}`
  const routed = feature.router.routes()
  let matched = true
  const run = async (): Promise<void> => {
    await routed(ctx as Parameters<typeof routed>[0], async () => {
      matched = false
    })
  }
  if (feature.faulty) await withFaults(kernel, feature, ctx, run)
  else await run()
  ctx.url = whole
  return matched
}

function mount(kernel: Kernel, features: Feature[]) {
  const ordered = [...features].sort((a, b) => b.prefix.length - a.prefix.length)
  return async (ctx: Context, next: Next): Promise<void> => {
    for (const feature of ordered) {
      if (await runFeature(kernel, feature, ctx)) return
    }
    await next()
  }
}

/** The whole sandbox as one Koa application: raw bodies, then each part under its prefix. */
export function createApp(kernel: Kernel, features: Feature[]): Koa {
  for (const [name, title] of HTTP_FAULTS) kernel.faults.declare(name, title)
  const app = new Koa()
  app.on('error', (error: Error) => kernel.log('http.failed', { error: error.stack ?? error.message }))
  app.use((ctx, next) => rawBody(ctx, next))
  app.use(mount(kernel, features))
  return app
}
