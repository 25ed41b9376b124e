import type { Ctx } from '../../platforms/context'
import { keepPicture } from '../files'
import type { WaitingWords } from '../official'
import type { StoredContent } from './stored-content'

/** What somebody wrote in WeChat's own window, as the conversation keeps it. */
export interface OutsideWords {
  readonly body: StoredContent
  readonly fileId: string | null
  /** Whether the knowledge base can make something of it. */
  readonly isQuestion: boolean
  /** A picture that could not be had yet; it comes later as a message of its own. */
  readonly later: boolean
}

const LABELS: Readonly<Record<string, string>> = {
  voice: '语音',
  video: '视频',
  shortvideo: '视频',
  location: '位置',
  link: '链接',
  miniprogrampage: '小程序卡片',
}
const INSTEAD: Readonly<Record<string, string>> = {
  voice: '微信里的语音这里听不了，请让住户打字',
  video: '微信里的视频这里看不了，请让住户发图片',
  shortvideo: '微信里的视频这里看不了，请让住户发图片',
}

/** Pictures are fetched and encoded anew; of the rest what can be had is shown, else it is said what it was. */
export async function readOutside(ctx: Ctx, words: WaitingWords): Promise<OutsideWords> {
  if (words.kind === 'text') return said(words.words, true)
  if (words.kind === 'image' && words.mediaId !== null) return picture(ctx, words, words.mediaId)
  const text = words.words || INSTEAD[words.kind] || '只能在微信里看'
  return said(`[${LABELS[words.kind] ?? '其他消息'}] ${text}`, words.kind === 'voice' && words.words !== '')
}

const said = (text: string, isQuestion: boolean, later = false): OutsideWords => ({
  body: { kind: 'text', text: text.trim() === '' ? '（空白消息）' : text },
  fileId: null,
  isQuestion,
  later,
})

export const NO_PICTURE = {
  gone: '[图片] 微信已经不保存这张图了，请让住户再发一次',
  refused: '[图片] 打不开，请让住户换一张再发',
  later: '[图片] 微信那边暂时取不到，取到后会显示在后面',
} as const

async function picture(ctx: Ctx, words: WaitingWords, mediaId: string): Promise<OutsideWords> {
  const fetched = await fetchPicture(ctx, { ...words, mediaId })
  if (typeof fetched === 'string') return said(NO_PICTURE[fetched], false, fetched === 'later')
  return { body: { kind: 'image' }, fileId: fetched.fileId, isQuestion: true, later: false }
}

/** A picture of somebody's from WeChat, decoded and encoded anew and loose until it is claimed by `pictureOwner`. */
export async function fetchPicture(
  ctx: Ctx,
  of: Pick<WaitingWords, 'id' | 'channel' | 'personIndex'> & { readonly mediaId: string },
): Promise<{ readonly fileId: string } | keyof typeof NO_PICTURE> {
  const media = await ctx.platforms.chatMedia[of.channel].fetch(of.mediaId)
  if (media.state !== 'got') return media.state
  const ownerId = pictureOwner(of).id
  const fileId = await keepPicture(ctx, {
    clientId: `official-${of.id}`,
    ownerId,
    // WeChat has let it through to us; its check of pictures is for what a mini-program shows to others.
    channel: 'official',
    bytes: media.bytes,
  })
  return fileId === null ? 'refused' : { fileId }
}

/** Whose the picture is: the person at the account, so that it makes no difference whether they are known to us. */
export function pictureOwner({ personIndex }: Pick<WaitingWords, 'personIndex'>) {
  return { kind: 'resident', id: personIndex.slice(0, 26) } as const
}
