import { inTransaction } from '../../core/db/database'
import type { TestApp } from '../../testing/harness'
import { parseAddress } from './address'
import type { ImportedHousehold } from './imported-household'
import { saveImportedHouseholds } from './save-imported-households'

/** Residents of the tests; the portal needs no more of them than an id. */
export const ANNA = '01JDANNA0000000000000000AA'
export const BERT = '01JDBERT0000000000000000BB'

export function facts(changes: Partial<ImportedHousehold> = {}): ImportedHousehold {
  return {
    ownerName: '沈红宇',
    phone: '17903412298',
    place: parseAddress('福田区香蜜湖花园9栋1655'),
    supply: { kind: 'gas-station', name: '调压站5', contact: null },
    ...changes,
  }
}

/** Puts one household of the gas company on file, as an import does, and answers its id. */
export async function saveHousehold(
  app: TestApp,
  accountNo: string,
  changes: Partial<ImportedHousehold> = {},
): Promise<string> {
  const ctx = app.ctx()
  const ids = await inTransaction(ctx, (tx) =>
    saveImportedHouseholds(tx, ctx, 'gas', new Map([[accountNo, facts(changes)]]), new Map()),
  )
  return ids.get(accountNo) ?? ''
}

let clientIds = 0
/** A bind by phone tail with a client id of its own. */
export function bindInput(accountNo: string, tail: string, clientId?: string) {
  clientIds += 1
  return {
    clientId: clientId ?? `client-id-${String(clientIds).padStart(8, '0')}`,
    companyId: 'gas',
    accountNo,
    proof: { kind: 'phone-tail' as const, value: tail },
    role: 'family' as const,
  }
}

/** The code of a rejection, or `done`. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
