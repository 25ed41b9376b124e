import type { AccountFile } from './account-shape'
import { REPLY_BYTES } from './account-limits'
import type { Portal, Reply } from './reply'

/** The words with their variables filled; a company's file speaks for the company. */
export function fillWords(words: string, file: AccountFile, portal: Portal): string {
  const facts: Readonly<Record<string, string>> = {
    portal: portal.name,
    company: file.company?.name ?? portal.name,
    hotline: file.company?.hotline ?? portal.hotline,
    hours: file.hours,
  }
  return words.replace(/\$\{(\w+)\}/g, (whole, variable: string) => facts[variable] ?? whole)
}

/** Text that came from data: it may not end a link or begin one. */
export function harmless(text: string): string {
  return text.replaceAll('<', '＜').replaceAll('>', '＞')
}

/**
 * A reply as the text of one chat bubble, whole within what the platform takes: what is too much goes from the end of
 * the words, never from the link, and never within a character.
 */
export function replyText({ words, link }: Pick<Reply, 'words' | 'link'>): string {
  const tail = link === null ? '' : `\n<a href="${link.url}">${link.words}</a>`
  return cutTo(words, REPLY_BYTES - Buffer.byteLength(tail)) + tail
}

function cutTo(words: string, bytes: number): string {
  if (Buffer.byteLength(words) <= bytes) return words
  let cut = ''
  let used = Buffer.byteLength('…')
  for (const char of words) {
    used += Buffer.byteLength(char)
    if (used > bytes) break
    cut += char
  }
  return `${cut}…`
}
