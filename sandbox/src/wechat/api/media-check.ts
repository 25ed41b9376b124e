import type { Kernel, Table } from '../../kernel/kernel'
import { pushMediaCheck } from '../push/push'
import { ApiError } from './errors'
import { type ApiAct, countCall, jsonBody } from './exchange'
import { checkWriter } from './sec-check'
import { checkToken } from './tokens'

/** One question about a picture or a recording, kept until its answer was handed to the message push. */
interface MediaCheck {
  traceId: string
  openid: string
  url: string
  /** 1 is audio, 2 is an image. */
  mediaType: 1 | 2
  pending: boolean
}

const DAY_MS = 24 * 3_600_000
const CHECKS_PER_DAY = 200_000
const LARGEST_BYTES = 10 * 1024 * 1024
/** The document promises half an hour; most come within seconds. */
const USUAL_WAIT_MS = 2_000
const LATE_MS = 25 * 60_000
const DOWNLOAD_MS = 5_000
const DOWNLOAD_FAILED = -1008
const LABEL_CLEAN = 100
const LABEL_VULGAR = 20_012
const LABEL_OTHER = 21_000

/** Names and Chinese titles of the faults of this interface. */
export const MEDIA_FAULTS: [string, string][] = [
  ['media-check.risky', '图片/音频被判为违规（suggest=risky）'],
  ['media-check.review', '图片/音频需要人工复核（suggest=review）'],
  ['media-check.unreachable', '内容安全拉取文件失败（推送里 errcode=-1008）'],
  ['media-check.late', '内容安全结果 25 分钟后才推送'],
  ['media-check.silent', '内容安全结果一直不推送'],
]

const KNOWN = ['media_url', 'media_type', 'version', 'scene', 'openid']

function checks(kernel: Kernel): Table<MediaCheck> {
  return kernel.store.table<MediaCheck>('wechat.mediaChecks')
}

/** POST /wxa/media_check_async, version 2 (wechat.md section 5): a trace_id now, the verdict later by push. */
export const mediaCheckAsync: ApiAct = (call) => {
  const { kernel } = call
  checkToken(call, kernel.config.wechat.mini.appid)
  const body = jsonBody(call)
  const { media_url: url, media_type: mediaType } = body
  if (Object.keys(body).some((key) => !KNOWN.includes(key))) throw new ApiError(47001)
  if (mediaType !== 1 && mediaType !== 2) throw new ApiError(40004)
  if (typeof url !== 'string' || !/^https?:\/\/[^/]+\/./.test(url)) throw new ApiError(87020)
  const openid = checkWriter(call, body)
  countCall(kernel, 'media_check_async', { count: CHECKS_PER_DAY, windowMs: DAY_MS, errcode: 45009 })
  const traceId = `${kernel.random.hex(8)}-${kernel.random.hex(8)}-${kernel.random.hex(8)}`
  checks(kernel).put(traceId, { traceId, openid, url, mediaType, pending: true })
  scheduleCheck(kernel, traceId)
  return { errcode: 0, errmsg: 'ok', trace_id: traceId }
}

/** What was under way when the sandbox stopped goes on. */
export function resumeMediaChecks(kernel: Kernel): void {
  for (const check of checks(kernel).all()) if (check.pending) scheduleCheck(kernel, check.traceId)
}

function scheduleCheck(kernel: Kernel, traceId: string): void {
  const waitMs = kernel.faults.take('media-check.late') ? LATE_MS : USUAL_WAIT_MS
  kernel.clock.after(waitMs, `media check ${traceId}`, () => look(kernel, traceId))
}

async function look(kernel: Kernel, traceId: string): Promise<void> {
  const check = checks(kernel).get(traceId)
  if (!check?.pending) return
  const bytes = kernel.faults.take('media-check.unreachable') ? null : await download(check.url)
  checks(kernel).put(traceId, { ...check, pending: false })
  kernel.log('wechat-media-check', { traceId, bytes: bytes?.length ?? null })
  if (kernel.faults.take('media-check.silent')) return
  const reached = bytes !== null && isMedia(check.mediaType, bytes)
  pushMediaCheck(kernel, check.openid, {
    traceId,
    errcode: reached ? 0 : DOWNLOAD_FAILED,
    ...verdict(kernel),
  })
}

/** What the model would say; a fault plays its part, because no model looks here. */
function verdict(kernel: Kernel): { suggest: 'pass' | 'review' | 'risky'; label: number } {
  if (kernel.faults.take('media-check.risky')) return { suggest: 'risky', label: LABEL_VULGAR }
  if (kernel.faults.take('media-check.review')) return { suggest: 'review', label: LABEL_OTHER }
  return { suggest: 'pass', label: LABEL_CLEAN }
}

/** Without any of our cookies or tokens, as a stranger on the internet; null when it does not come. */
async function download(url: string): Promise<Buffer | null> {
  try {
    const answer = await fetch(url, { redirect: 'follow', signal: AbortSignal.timeout(DOWNLOAD_MS) })
    if (!answer.ok) return null
    const bytes = Buffer.from(await answer.arrayBuffer())
    return bytes.length > 0 && bytes.length <= LARGEST_BYTES ? bytes : null
  } catch {
    return null
  }
}

const IMAGES = [/^\xff\xd8\xff/, /^\x89PNG/, /^GIF8/, /^RIFF[\s\S]{4}WEBP/, /^BM/]
const SOUNDS = [
  /^ID3/,
  /^\xff[\xe0-\xff]/,
  /^RIFF[\s\S]{4}WAVE/,
  /^OggS/,
  /^[\s\S]{4}ftyp/,
  /^[\s\S]E\xdf\xa3/,
  /^#!AMR/,
]

/** A page that says "sign in" is no picture, whatever its status. */
function isMedia(mediaType: 1 | 2, bytes: Buffer): boolean {
  const head = bytes.subarray(0, 16).toString('latin1')
  return (mediaType === 2 ? IMAGES : SOUNDS).some((pattern) => pattern.test(head))
}
