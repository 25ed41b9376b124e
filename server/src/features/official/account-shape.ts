import { z } from 'zod'
import type { CompanyConfig } from '../../core/config/companies'

/**
 * What the official account says, as data: `config/official/<name>.yaml`. One file is the account's own (its menu, its
 * welcome, the answers for everybody); each company may add answers and a welcome of its own.
 */

const name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
const page = z
  .string()
  .regex(/^[a-z]+(\/[a-z-]+)+(\?[A-Za-z0-9=&_-]{1,120})?$/, 'is no page of ours such as pages/bind/index')
const words = z.string().trim().min(2).max(600)
const link = z.strictObject({ words: z.string().min(2).max(16), page })
export type AccountLink = z.infer<typeof link>

const answer = z.strictObject({
  /** What the menu and the record call it; unique over the files of a portal. */
  name,
  /** Words that stand for the same question; the longest that occurs in what somebody wrote decides. */
  keys: z.array(z.string().min(2).max(20)).max(40).default([]),
  /** Figures of the one who asks, looked up when asked; the words are then for somebody we do not know. */
  live: z.enum(['owed', 'outages']).optional(),
  /** Whoever asks this is put through to people as well; its words are said at once. */
  person: z.boolean().default(false),
  words,
  link: link.optional(),
})
export type AccountAnswer = z.infer<typeof answer>

const target = {
  /** A page of ours, opened in WeChat's browser. */
  page: page.optional(),
  /** A page of the mini-program; those whose WeChat is too old get the same page in the browser. */
  mini: page.optional(),
  /** An address outside of the portal. */
  url: z.url({ protocol: /^https$/ }).optional(),
  /** The name of an answer. */
  answer: name.optional(),
}
const item = z.strictObject({ name: z.string().min(1), ...target })
const button = z.strictObject({ name: z.string().min(1), ...target, items: z.array(item).min(1).optional() })
export type MenuItem = z.infer<typeof item>
export type MenuButton = z.infer<typeof button>

export const accountFile = z.strictObject({
  /** When people answer, in words. */
  hours: z.string().min(2).max(40),
  welcome: words,
  welcomeLink: link.default({ words: '绑定户号', page: 'pages/bind/index' }),
  /** To a tap of an older menu, for which there is no answer any more. */
  handover: words.optional(),
  handoverLink: link.default({ words: '提交诉求', page: 'requests/types/index' }),
  /** To the code on a household's plate, with the link that opens it. */
  household: words.optional(),
  householdLink: link.default({ words: '打开这一户', page: 'pages/bind/index' }),
  /** To a code whose scene means nothing to us. */
  unknownScene: words.optional(),
  menu: z.array(button).min(1).optional(),
  answers: z.array(answer).max(200),
})
type RawFile = z.infer<typeof accountFile>

/** One file with the facts that its words may name. */
export interface AccountFile extends RawFile {
  /** Null for the file of the account itself. */
  readonly company: Pick<CompanyConfig, 'id' | 'name' | 'hotline'> | null
}

/** The file of the account itself, which must have an answer to everything. */
export interface OwnFile extends AccountFile {
  readonly handover: string
  readonly household: string
  readonly unknownScene: string
  readonly menu: MenuButton[]
}

/** Everything the account can say: its own file, and one for each company that has one. */
export interface AccountBook {
  readonly account: OwnFile
  readonly companies: readonly AccountFile[]
}
