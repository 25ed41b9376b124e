import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { shanghaiDateTime } from '../../core/clock'
import { type Copied, copyRows } from '../../core/personal/copy-rows'
import type { Keys } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { BYTE_ORDER_MARK, csvLine } from '../desk'
import { declaredTables, register } from './register'

/** A file that grows piece by piece; whoever writes waits while the disk is behind. */
async function put(out: WriteStream, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain')
}

interface Paths {
  readonly json: string
  readonly csv: string
}

/**
 * Writes everything that the register shows a person of themselves, as JSON by kind of record and as one table of
 * CSV, page by page, so that memory stays flat and other work gets its turn. Answers how many records there are.
 */
export async function writeCopy(ctx: Ctx, keys: Keys, paths: Paths, signal: AbortSignal): Promise<number> {
  const [json, csv] = [paths.json, paths.csv].map((path) => createWriteStream(path, { mode: 0o600 }))
  if (json === undefined || csv === undefined) throw new Error('Two files are written.')
  const written = Promise.all([finished(json), finished(csv)])
  // Awaited below; until then a failure is kept, so that it is not nobody's.
  written.catch(() => undefined)
  const madeAt = shanghaiDateTime(ctx.clock.now())
  let records = 0
  try {
    await put(json, `{\n"导出时间": ${JSON.stringify(madeAt)},\n"说明": ${JSON.stringify(NOTE)}`)
    await put(csv, BYTE_ORDER_MARK + csvLine(['类别', '第几条', '项目', '内容']))
    for (const declared of declaredTables) {
      let inKind = 0
      for await (const page of copyRows(ctx, register, declared, keys)) {
        signal.throwIfAborted()
        for (const one of page) {
          const head = inKind === 0 ? `,\n${JSON.stringify(declared.says)}: [\n` : ',\n'
          inKind += 1
          await put(json, head + JSON.stringify(one))
          await put(csv, linesOf(declared.says, inKind, one))
        }
        await nextTurn()
      }
      if (inKind > 0) await put(json, '\n]')
      records += inKind
    }
    await put(json, '\n}\n')
  } finally {
    json.end()
    csv.end()
  }
  await written
  return records
}

const NOTE = '照片和录音的内容请在对应的页面里看；别人的姓名、内部的编号和密钥不在里面。'

function linesOf(kind: string, at: number, one: Copied): string {
  return Object.entries(one)
    .map(([label, value]) => csvLine([kind, at, label, value]))
    .join('')
}
