import type { CompanyConfig } from '../../core/config/companies'
import { shanghaiDay } from '../../core/clock'
import { isDuplicate, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { type NoticeCounterRow, noticeCounterTable } from './entities'
import type { NoticeKind } from './schema'

const LETTERS: Readonly<Record<CompanyConfig['kind'], string>> = {
  power: 'TD',
  gas: 'TQ',
  heating: 'TR',
  water: 'TS',
}

/** The next number of the Shanghai day, such as TD2026112200012; an announcement's begins with GG. */
export async function takeNumber(
  tx: Tx,
  ctx: Ctx,
  about: { readonly kind: NoticeKind; readonly company: Pick<CompanyConfig, 'kind'> },
): Promise<string> {
  const day = shanghaiDay(ctx.clock.now())
  const add = (): Promise<number> =>
    tx.execute('UPDATE notice_counter SET last = last + 1 WHERE day = ?', [day])
  if ((await add()) === 0) {
    try {
      await tx.insert(noticeCounterTable, { day, last: 1 })
    } catch (error) {
      if (!isDuplicate(error)) throw error
      await add()
    }
  }
  const [row] = await tx.query<NoticeCounterRow>('SELECT * FROM notice_counter WHERE day = ?', [day])
  const letters = about.kind === 'general' ? 'GG' : LETTERS[about.company.kind]
  return `${letters}${day.replaceAll('-', '')}${String(row?.last ?? 0).padStart(5, '0')}`
}
