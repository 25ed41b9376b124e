import type { CoreCtx } from '../../core/context'
import type { Tx } from '../../core/db/database'
import { findBothWallets, saveAccount } from './account-store'

/**
 * Two residents turned out to be one person: a worker's wallet goes along to the one who lives on. When both are
 * workers' wallets the living one stays what it is, and the other worker binds anew.
 */
export async function moveWallet(
  tx: Tx,
  ctx: CoreCtx,
  residents: { readonly from: string; readonly into: string },
): Promise<void> {
  const accounts = await findBothWallets(tx, residents.from, residents.into)
  const moving = accounts.find((account) => account.walletResidentId === residents.from)
  if (!moving) return
  const isFree = accounts.every((account) => account.walletResidentId !== residents.into)
  await saveAccount(tx, ctx, { ...moving, walletResidentId: isFree ? residents.into : null })
}
