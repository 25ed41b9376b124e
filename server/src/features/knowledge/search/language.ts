import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../../../core/config/load'

export const KNOWLEDGE_FOLDER = join(projectRoot(), 'config/knowledge')

const word = z.string().trim().min(1).max(20)

const file = z.strictObject({
  words: z.array(word.min(2)),
  ignored: z.array(word),
  synonyms: z.array(z.array(word).min(2).max(12)),
  slips: z.record(word, word),
  dangers: z.record(
    z.enum(['heating', 'gas', 'power', 'water']),
    z.array(z.strictObject({ typeId: z.string(), words: z.array(word.min(2)).min(1) })),
  ),
})
export type Language = z.output<typeof file>

let shipped: Language | null = null

/** How what people type is read: config/knowledge/language.yaml, read once in a process. */
export function language(): Language {
  shipped ??= file.parse(parse(readFileSync(languagePath(), 'utf8')))
  return shipped
}

/** The text with what people mistype put right. */
export function withoutSlips(text: string): string {
  return Object.entries(language().slips).reduce((line, [slip, right]) => line.replaceAll(slip, right), text)
}

/** What is wrong with the file; asked before the portal starts. */
export function languageFaults(): string[] {
  if (!existsSync(languagePath())) return ['config/knowledge/language.yaml does not exist']
  const parsed = file.safeParse(parse(readFileSync(languagePath(), 'utf8')))
  if (parsed.success) return []
  return parsed.error.issues.map(
    (issue) => `config/knowledge/language.yaml: ${issue.path.join('.')}: ${issue.message}`,
  )
}

function languagePath(): string {
  return join(KNOWLEDGE_FOLDER, 'language.yaml')
}
