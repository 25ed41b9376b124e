import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzipSync } from 'node:zlib'
import type { Context } from 'koa'
import { Slots } from '../slots'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const COMPRESSIBLE = /\.(html|js|css|svg|json|txt)$/

interface Page {
  readonly body: Buffer
  readonly gzip: Buffer | null
  /** A seventh smaller still, and slow to make: null until somebody asked for it, and it was made beside the work. */
  brotli: Promise<void> | Buffer | null
  readonly type: string
  readonly etag: string
  /** Names with a content hash never change, so they may be kept for ever. */
  readonly immutable: boolean
}

export interface StaticPages {
  /** Answers a request for one of the pages; false when the path is none of them. */
  answer(koa: Context): boolean
  /** CSP sources of the scripts that stand inside the pages themselves (Taro sets the root font size in one). */
  readonly inlineScripts: readonly string[]
}

/**
 * Built pages, read once at start: what is not in the list does not exist, so no path can lead outside, and source
 * maps are never served. With `under`, they stand below that path, and every address there that names no file is
 * one of the page's own (it keeps its state in the address) and gets index.html.
 */
export function staticPages(folder: string, under = ''): StaticPages {
  const pages = new Map<string, Page>()
  if (existsSync(folder)) for (const file of filesBelow(folder)) pages.set(...readPage(folder, file))
  const html = [...pages.values()].filter((page) => page.type.startsWith('text/html'))
  return {
    answer: (koa) => answerFrom(pages, koa, under),
    inlineScripts: html.flatMap((page) => inlineScriptsOf(page.body.toString())),
  }
}

function inlineScriptsOf(html: string): string[] {
  const scripts = [...html.matchAll(/<script>([\s\S]+?)<\/script>/g)].map((match) => match[1] ?? '')
  return scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
}

/** The name of the file that this path asks for, or null when it is none of ours. */
function fileAsked(path: string, under: string): string | null {
  if (under === '') return path === '/' ? '/index.html' : path
  if (path !== under && !path.startsWith(`${under}/`)) return null
  const rest = path.slice(under.length)
  return extname(rest) === '' ? '/index.html' : rest
}

function answerFrom(pages: ReadonlyMap<string, Page>, koa: Context, under: string): boolean {
  if (koa.method !== 'GET' && koa.method !== 'HEAD') return false
  const asked = fileAsked(koa.path, under)
  const page = asked === null ? undefined : pages.get(asked)
  if (!page) return false
  koa.status = 200
  koa.type = page.type
  koa.etag = page.etag
  koa.set('Cache-Control', page.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  koa.vary('Accept-Encoding')
  if (koa.fresh) {
    koa.status = 304
    return true
  }
  const zipped = zippedFor(koa, page)
  if (zipped) koa.set('Content-Encoding', zipped.encoding)
  koa.body = zipped?.body ?? page.body
  koa.type = page.type
  return true
}

function zippedFor(koa: Context, page: Page): { encoding: 'br' | 'gzip'; body: Buffer } | null {
  if (page.gzip === null) return null
  if (koa.acceptsEncodings('br') === 'br') {
    if (page.brotli instanceof Buffer) return { encoding: 'br', body: page.brotli }
    // Where that fails, gzip goes on being sent.
    page.brotli ??= makeBrotli(page).catch(() => undefined)
  }
  return koa.acceptsEncodings('gzip') === 'gzip' ? { encoding: 'gzip', body: page.gzip } : null
}

const brotli = promisify(brotliCompress)
/** One at a time, so that passwords and photos still find a thread. */
const brotliTurns = new Slots(1)

async function makeBrotli(page: Page): Promise<void> {
  page.brotli = await brotliTurns.run(() => brotli(page.body))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesBelow(path)
    return TYPES[extname(name)] === undefined ? [] : [path]
  })
}

function readPage(folder: string, file: string): [string, Page] {
  const body = readFileSync(file)
  const path = `/${relative(folder, file).split(sep).join('/')}`
  return [
    path,
    {
      body,
      gzip: COMPRESSIBLE.test(file) && body.length > 512 ? gzipSync(body, { level: 9 }) : null,
      brotli: null,
      type: TYPES[extname(file)] ?? 'application/octet-stream',
      etag: createHash('sha256').update(body).digest('hex').slice(0, 20),
      immutable: /[.-][0-9a-f]{8,}\./.test(path),
    },
  ]
}
