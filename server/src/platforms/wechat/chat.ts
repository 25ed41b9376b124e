import { type ChatChannel, type OutgoingChat, type SendOutcome } from '../message-channel'
import { cutBytes } from './cut-bytes'
import { sendWechat } from './messages'
import type { WechatTokens } from './tokens'

/** Longer texts are refused (45002); the limit is in bytes of UTF-8. */
const TEXT_MAX_BYTES = 2048

/** Customer-service messages of the official account (wechat.md section 8). Never throws. */
export function createWechatChat(options: {
  readonly tokens: WechatTokens
  readonly appId: string
  readonly miniAppId: string
  /** Where a link to a page of the mini-program leads on a device that has none. */
  readonly pageUrl: (page: string) => string
}): ChatChannel {
  const { tokens, appId } = options
  return {
    send: (message): Promise<SendOutcome> =>
      sendWechat(tokens, appId, '/cgi-bin/message/custom/send', body(options, message)),
  }
}

type Ways = Pick<Parameters<typeof createWechatChat>[0], 'miniAppId' | 'pageUrl'>

function body(ways: Ways, { to, content }: OutgoingChat): object {
  switch (content.kind) {
    case 'text':
      return { touser: to, msgtype: 'text', text: { content: textOf(ways, content) } }
    case 'link':
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
          appid: ways.miniAppId,
          pagepath: content.page,
          thumb_media_id: content.thumbMediaId,
        },
      }
  }
}

function textOf(ways: Ways, content: Extract<OutgoingChat['content'], { kind: 'text' }>): string {
  const link = content.link === undefined ? '' : `\n${anchor(ways, content.link)}`
  return cutBytes(content.text, TEXT_MAX_BYTES - Buffer.byteLength(link)) + link
}

function anchor(
  ways: Ways,
  link: NonNullable<Extract<OutgoingChat['content'], { kind: 'text' }>['link']>,
): string {
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
