import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../../core/config/load'

export const pushChannel = z.enum(['wechat-mini', 'wechat-oa', 'alipay-mini'])
export type PushChannel = z.infer<typeof pushChannel>

const template = z.strictObject({
  title: z.string().min(2).max(20),
  fields: z.array(z.strictObject({ label: z.string().min(1).max(10), from: z.string().min(1) })).min(1),
  channels: z.array(pushChannel),
  expiresAfterHours: z.int().positive(),
})
export type Template = z.infer<typeof template>

let loaded: ReadonlyMap<string, Template> | null = null

/** Every message we can send, from `templates/`; a file that breaks the shape stops the start and is named. */
function templates(): ReadonlyMap<string, Template> {
  if (loaded) return loaded
  const folder = join(projectRoot(), 'templates')
  const entries = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file): [string, Template] => {
      const result = template.safeParse(parse(readFileSync(join(folder, file), 'utf8')))
      if (!result.success) throw new Error(`templates/${file}: ${z.prettifyError(result.error)}`)
      return [file.slice(0, -'.yaml'.length), result.data]
    })
  loaded = new Map(entries)
  return loaded
}

/** All of them, by name. */
export function allTemplates(): ReadonlyMap<string, Template> {
  return templates()
}

/** One template by name; asking for one that does not exist is our own mistake. */
export function templateNamed(name: string): Template {
  const found = templates().get(name)
  if (!found) throw new Error(`There is no message template named ${name}.`)
  return found
}
