import type { OutgoingMail } from '../message-channel'

/** Under this id the picture goes along; no mail fetches anything from anywhere. */
export const LOGO_ID = 'logo'

/** The same words twice: as plain text, and as the plainest HTML that a phone shows in a readable size. */
export function mailParts({ text, link, subject, head }: OutgoingMail): { text: string; html: string } {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
  const anchor = link === undefined ? '' : `<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`
  return {
    text: link === undefined ? text : `${text}\n\n${link.label}：${link.url}`,
    html: [
      '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
      `<meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>`,
      '<body style="font-size:16px;line-height:1.6;color:#1f2329;max-width:640px">',
      barOf(head),
      ...paragraphs,
      anchor,
      '</body></html>',
    ].join(''),
  }
}

/** Name and colour of whoever writes. Without pictures, which some readers do not show, it still says who it is. */
function barOf({ name, ground, logo }: OutgoingMail['head']): string {
  const picture =
    logo === null
      ? ''
      : `<img src="cid:${LOGO_ID}" width="32" height="32" alt="" style="vertical-align:middle;background:#fff;border-radius:4px;margin-right:8px">`
  return `<div style="background:${ground};color:#fff;padding:10px 14px;font-size:18px;font-weight:bold">${picture}${escaped(name)}</div>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
