import type { Ctx } from '../../platforms/context'
import { keepReceived } from '../files'
import type { WaitingWords } from '../official'
import type { StoredContent } from './stored-content'

/** What somebody wrote in WeChat's own window, as the conversation keeps it. */
export interface OutsideWords {
  readonly body: StoredContent
  readonly fileId: string | null
  /** Whether the knowledge base can make something of it. */
  readonly isQuestion: boolean
  /** Which picture or voice could not be had yet; it comes later as a message of its own. */
  readonly later: MediaKind | null
}
export type MediaKind = 'image' | 'voice'

const LABELS: Readonly<Record<string, string>> = {
  voice: '语音',
  video: '视频',
  shortvideo: '视频',
  location: '位置',
  link: '链接',
  miniprogrampage: '小程序卡片',
}
const INSTEAD: Readonly<Record<string, string>> = {
  voice: '微信没有给出这段语音，请让住户打字',
  video: '微信里的视频这里看不了，请让住户发图片',
  shortvideo: '微信里的视频这里看不了，请让住户发图片',
}

/** Pictures and voices are fetched and encoded anew; of the rest what can be had is shown, else it is said what it was. */
export async function readOutside(ctx: Ctx, words: WaitingWords): Promise<OutsideWords> {
  if (words.kind === 'text') return said(words.words, true)
  if ((words.kind === 'image' || words.kind === 'voice') && words.mediaId !== null)
    return media(ctx, words, { kind: words.kind, mediaId: words.mediaId })
  const text = words.words || INSTEAD[words.kind] || '只能在微信里看'
  return said(`[${LABELS[words.kind] ?? '其他消息'}] ${text}`, words.kind === 'voice' && words.words !== '')
}

const said = (text: string, isQuestion: boolean, later: MediaKind | null = null): OutsideWords => ({
  body: { kind: 'text', text: text.trim() === '' ? '（空白消息）' : text },
  fileId: null,
  isQuestion,
  later,
})

/** What stands there instead of a picture or voice that cannot be had. */
export const NOT_HAD = {
  image: {
    gone: '[图片] 微信已经不保存这张图了，请让住户再发一次',
    refused: '[图片] 打不开，请让住户换一张再发',
    later: '[图片] 微信那边暂时取不到，取到后会显示在后面',
  },
  voice: {
    gone: '[语音] 微信已经不保存这段语音了，请让住户再发一次',
    refused: '[语音] 打不开，请让住户重新说一遍或者打字',
    later: '[语音] 微信那边暂时取不到，取到后会显示在后面',
  },
} as const
type Missing = keyof (typeof NOT_HAD)['image']

async function media(
  ctx: Ctx,
  words: WaitingWords,
  { kind, mediaId }: { readonly kind: MediaKind; readonly mediaId: string },
): Promise<OutsideWords> {
  const understood = kind === 'voice' ? words.words : ''
  const fetched = await fetchMedia(ctx, { ...words, kind, mediaId })
  if (typeof fetched === 'string') {
    const later = fetched === 'later' ? kind : null
    return understood === ''
      ? said(NOT_HAD[kind][fetched], false, later)
      : said(`[语音] ${understood}`, true, later)
  }
  const body: StoredContent =
    kind === 'image' ? { kind } : { kind, ...(understood === '' ? {} : { words: understood }) }
  return { body, fileId: fetched.fileId, isQuestion: true, later: null }
}

/** A picture or voice of somebody's from WeChat, encoded anew and loose until it is claimed by `senderOf`. */
export async function fetchMedia(
  ctx: Ctx,
  of: Pick<WaitingWords, 'id' | 'channel' | 'personIndex'> & {
    readonly kind: MediaKind
    readonly mediaId: string
  },
): Promise<{ readonly fileId: string } | Missing> {
  const given = await ctx.platforms.chatMedia[of.channel].fetch(of.mediaId)
  if (given.state !== 'got') return given.state
  const fileId = await keepReceived(ctx, {
    kind: of.kind,
    clientId: `official-${of.id}`,
    ownerId: senderOf(of).id,
    // WeChat has let it through to us; its check of pictures is for what a mini-program shows to others.
    channel: 'official',
    bytes: given.bytes,
  })
  return fileId === null ? 'refused' : { fileId }
}

/** Whose the file is: the person at the account, so that it makes no difference whether they are known to us. */
export function senderOf({ personIndex }: Pick<WaitingWords, 'personIndex'>) {
  return { kind: 'resident', id: personIndex.slice(0, 26) } as const
}
