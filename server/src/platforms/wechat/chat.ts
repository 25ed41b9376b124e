import type { ChatChannel, ChatContent, ChatTarget, SendOutcome } from '../message-channel'
import { cutBytes } from './cut-bytes'
import { uploadPicture } from './media'
import { sendWechat } from './messages'
import type { WechatTokens } from './tokens'

/** Longer texts are refused (45002); the limit is in bytes of UTF-8. */
const TEXT_MAX_BYTES = 2048

/**
 * Customer-service messages of the official account, or of the mini-program where both ids are the same (wechat.md
 * section 8). Never throws.
 */
export function createWechatChat(options: {
  readonly tokens: WechatTokens
  readonly appId: string
  readonly miniAppId: string
  /** Where a link to a page of the mini-program leads on a device that has none. */
  readonly pageUrl: (page: string) => string
}): ChatChannel {
  const { tokens, appId } = options
  const say = (json: object): Promise<SendOutcome> => sendWechat(tokens, appId, SEND_PATH, json)
  return {
    async send({ to, content }): Promise<SendOutcome> {
      if (content.kind !== 'image') return say(body(options, to, content))
      const uploaded = await uploadPicture(tokens, appId, content)
      if ('state' in uploaded) return uploaded
      return say({ touser: to, msgtype: 'image', image: { media_id: uploaded.mediaId } })
    },
  }
}

const SEND_PATH = '/cgi-bin/message/custom/send'

type Ways = Omit<Parameters<typeof createWechatChat>[0], 'tokens'>

type Worded = Exclude<ChatContent, { kind: 'image' }>

function body(ways: Ways, to: string, content: Worded): object {
  const isMini = ways.appId === ways.miniAppId
  switch (content.kind) {
    case 'text':
      return { touser: to, msgtype: 'text', text: { content: textOf(ways, content) } }
    case 'link':
      if (isMini)
        return {
          touser: to,
          msgtype: 'link',
          link: {
            title: content.label,
            description: content.description,
            url: content.url,
            thumb_url: content.pictureUrl ?? '',
          },
        }
      // An official account has no message of the kind link; one article looks and acts the same.
      return {
        touser: to,
        msgtype: 'news',
        news: {
          articles: [
            {
              title: content.label,
              description: content.description,
              url: content.url,
              ...(content.pictureUrl === null ? {} : { picurl: content.pictureUrl }),
            },
          ],
        },
      }
    case 'miniprogrampage':
      return {
        touser: to,
        msgtype: 'miniprogrampage',
        miniprogrampage: {
          title: content.title,
          ...(isMini ? {} : { appid: ways.miniAppId }),
          pagepath: content.page,
          thumb_media_id: content.thumbMediaId,
        },
      }
  }
}

function textOf(ways: Ways, content: Extract<Worded, { kind: 'text' }>): string {
  const all = [...(content.link ? [content.link] : []), ...(content.links ?? [])]
  const tail = all.map((link) => `\n${anchor(ways, link)}`).join('')
  return cutBytes(content.text, TEXT_MAX_BYTES - Buffer.byteLength(tail)) + tail
}

function anchor(ways: Ways, link: ChatTarget): string {
  if ('url' in link) return `<a href="${attribute(link.url)}">${attribute(link.label)}</a>`
  const { miniAppId, pageUrl } = ways
  return [
    `<a data-miniprogram-appid="${miniAppId}" data-miniprogram-path="${attribute(link.page)}"`,
    ` href="${attribute(pageUrl(link.page))}">${attribute(link.label)}</a>`,
  ].join('')
}

/** What would end the attribute or the element is left out, since nobody documents an escape for it. */
function attribute(text: string): string {
  return text.replace(/["<>]/g, '')
}
