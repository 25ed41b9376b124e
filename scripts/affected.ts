import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { systemClock } from '../server/src/core/clock'
import { configFiles, loadConfig, useShanghaiTime } from '../server/src/core/config/load'
import { createLogger } from '../server/src/core/log'
import { configSchema } from '../server/src/platforms/whole-config'

const USAGE = `npx tsx scripts/affected.ts --action NAME --from TIME --until TIME [--out FILE]
  --action NAME   what was done, as the audit names it: desk.unmask, family.acted, papers.makeProof
  --from, --until Shanghai time, such as 2026-11-22T08:00
  --out FILE      the ids of all whom it touched, one a line
The configuration is YIHU_CONFIG. Only what is written leaves rows in the audit: whom a mere look reached is told by
nobody but the access log of your reverse proxy.
`

/** Whom an operation touched within a time, for a notice of a breach (个人信息保护法第五十七条). */
async function main(): Promise<void> {
  useShanghaiTime()
  const option = { type: 'string' } as const
  const { values } = parseArgs({ options: { action: option, from: option, until: option, out: option } })
  const [fromMs, untilMs] = [values.from, values.until].map((time) => Date.parse(`${time ?? ''}+08:00`))
  if (values.action === undefined || !(Number(fromMs) < Number(untilMs))) throw new Error(USAGE)
  const config = loadConfig(configSchema, configFiles())
  const { openCore } = await import('../server/src/assemble')
  const { findAffected } = await import('../server/src/features/privacy/find-affected')
  const opened = await openCore(config, { clock: systemClock, log: createLogger('error') })
  try {
    const found = await findAffected(opened.core, {
      action: values.action,
      fromMs: Number(fromMs),
      untilMs: Number(untilMs),
    })
    const { acts, residents, households, actors, fields, untied } = found
    const counts = { acts, residents: residents.size, households: households.size, untied }
    const facts = { ...counts, actors: [...actors], fields: [...fields] }
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`)
    const lines = [
      ...[...residents].map((id) => `resident:${id}`),
      ...[...households].map((id) => `household:${id}`),
    ]
    if (values.out !== undefined) writeFileSync(values.out, `${lines.join('\n')}\n`, { mode: 0o600 })
  } finally {
    await opened.close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
