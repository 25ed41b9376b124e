import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { articleKind, type Draft, liveName } from './schema'
import { mayBePublic } from './policy'

/** What was not understood in a file, with its line, the first being 1. */
export interface MarkdownFault {
  readonly line: number
  readonly message: string
}

export type ReadMarkdown =
  | { readonly draft: Omit<Draft, 'companyId' | 'fileIds' | 'whatChanged'> }
  | { readonly faults: readonly MarkdownFault[] }

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: '要写成 2026-12-31 这样的日期', abort: true })
  .refine((text) => shanghaiDay(shanghaiDayStart(text)) === text, '没有这一天')
const list = <T extends z.ZodType>(item: T, most: number) =>
  z.array(item).max(most, `最多${most}项`).default([])

const frontMatter = z.strictObject({
  kind: articleKind.default('article'),
  audience: z.enum(['public', 'internal']).optional(),
  types: list(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, '服务类型要写它的代号'), 10),
  questions: list(z.string().trim().min(2, '问法至少两个字').max(60, '问法最多60个字'), 30),
  live: list(liveName, 4),
  validFrom: day.optional(),
  validUntil: day.optional(),
  reviewAt: day.optional(),
})

const NAMES: Readonly<Record<string, string>> = {
  kind: '类别（kind）',
  audience: '公开或内部（audience）',
  types: '服务类型（types）',
  questions: '问法（questions）',
  live: '实时数据（live）',
  validFrom: '生效日期（validFrom）',
  validUntil: '失效日期（validUntil）',
  reviewAt: '复核日期（reviewAt）',
}

/**
 * One Markdown file as an article: front matter between two lines of ---, then the first heading as its title, then
 * what it says. Everything that is wrong with it is answered at once.
 */
export function readMarkdown(text: string, facts: { now: number; reviewDays: number }): ReadMarkdown {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : 0
  if (end < 0) return { faults: [{ line: 1, message: '开头的 --- 没有对应的结尾' }] }
  const faults: MarkdownFault[] = []
  const front = readFront(lines.slice(1, Math.max(1, end)).join('\n'), faults)
  const from = end === 0 ? 0 : end + 1
  const heading = lines.findIndex((line, index) => index >= from && /^#{1,2}\s+\S/.test(line))
  const title = (lines[heading] ?? '').replace(/^#+\s+/, '').trim()
  if (heading < 0) faults.push({ line: from + 1, message: '没有标题，请加一行“# 标题”' })
  else if (Array.from(title).length < 2 || Array.from(title).length > 80)
    faults.push({ line: heading + 1, message: '标题要2到80个字' })
  const body = lines
    .slice(heading + 1)
    .join('\n')
    .trim()
  if (heading >= 0 && body === '') faults.push({ line: heading + 1, message: '标题下面没有正文' })
  if (body.length > 20_000) faults.push({ line: heading + 1, message: '正文最多2万字' })
  if (front === null || faults.length > 0) return { faults }
  const { kind, types, questions, live, validFrom, validUntil, reviewAt } = front
  return {
    draft: {
      kind,
      title,
      body,
      questions,
      live,
      audience: front.audience ?? (mayBePublic(kind) ? 'public' : 'internal'),
      typeIds: types,
      validFrom: validFrom === undefined ? null : shanghaiDayStart(validFrom),
      // The last day counts whole.
      validUntil: validUntil === undefined ? null : shanghaiDayStart(validUntil) + DAY_MS,
      reviewAt: reviewAt === undefined ? facts.now + facts.reviewDays * DAY_MS : shanghaiDayStart(reviewAt),
    },
  }
}

function readFront(text: string, faults: MarkdownFault[]): z.output<typeof frontMatter> | null {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  // The line of --- stands before all of it.
  const lineAt = (offset: number): number => counter.linePos(offset).line + 1
  if (document.errors.length > 0) {
    for (const error of document.errors)
      faults.push({ line: lineAt(error.pos[0]), message: '这一行写得不对，请检查冒号、引号和缩进' })
    return null
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 }) ?? {}
  } catch {
    faults.push({ line: 1, message: '不能用 & 和 * 引用' })
    return null
  }
  const parsed = frontMatter.safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
    faults.push({ line: lineOf(document, path, lineAt), message: wordsFor(issue, String(path[0] ?? '')) })
  }
  return null
}

function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
  lineAt: (offset: number) => number,
): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return lineAt(Number(node.range[0]))
  }
  return 1
}

function wordsFor(issue: z.core.$ZodIssue, field: string): string {
  if (issue.code === 'unrecognized_keys') return `不认识“${issue.keys.join('、').slice(0, 40)}”这一项`
  const name = NAMES[field] ?? field
  if (issue.code === 'invalid_value') return `${name}只能是：${issue.values.map(String).join('、')}`
  return /\p{Script=Han}/u.test(issue.message) ? `${name}${issue.message}` : `${name}写得不对`
}
