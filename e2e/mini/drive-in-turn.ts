import type { Report } from '../report'
import type { MiniPlatform } from './platform-rules'

/** What a person does, or what must hold afterwards, with the words that say so. */
export type Step = readonly [name: string, work: () => Promise<void> | void]

/**
 * Takes the steps one after the other. Each stands on the one before it, so the first failure is the one to read and
 * the rest is left out; `end` is looked at whatever happened.
 */
export async function driveInTurn(
  report: Report,
  platform: MiniPlatform,
  { steps, end }: { readonly steps: readonly Step[]; readonly end: Step },
): Promise<void> {
  for (const [name, work] of steps) if (!(await report.check(`${platform}: ${name}`, work))) break
  const [name, work] = end
  await report.check(`${platform}: ${name}`, work)
}
