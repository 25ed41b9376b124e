import { writeFile } from 'node:fs/promises'
import { inTransaction } from '../core/db/database'
import { makeCode } from '../features/codes/make-code'
import { insertFile, insertOrder } from '../features/codes/order-store'
import { keepSealed, sealedPath } from '../features/files'
import { areaTable } from '../features/households/entities'
import { buildHousehold } from './factories'
import type { TestApp } from './harness'

/** A building, a household in it with its code, and an order of its codes with one printed file. */
export async function buildCodes(
  app: TestApp,
  of: { readonly companyId: string; readonly areaPath: string },
): Promise<{ areaId: string; codeId: string; orderId: string }> {
  const ctx = app.ctx()
  const { companyId } = of
  const [areaId, orderId, now] = [ctx.ids.next(), ctx.ids.next(), ctx.clock.now()]
  const { id: householdId } = await buildHousehold(app, { companyId })
  const areaPath = `${of.areaPath}${areaId}/`
  const name = ctx.ids.token(16)
  await writeFile(await sealedPath(ctx, name), '%PDF-1.7 a sheet of stickers')
  const sealed = await keepSealed(ctx, name)
  return inTransaction(ctx, async (tx) => {
    await tx.insert(areaTable, {
      id: areaId,
      companyId,
      tree: 'place',
      kind: 'building',
      name: areaId,
      fullName: areaId,
      parentId: null,
      path: areaPath,
      contactSealed: null,
      createdAt: now,
    })
    await tx.execute('UPDATE household SET placeId = ? WHERE id = ?', [areaId, householdId])
    const { id: codeId } = await makeCode(tx, ctx, { id: householdId, companyId }, 'system')
    await insertOrder(tx, {
      id: orderId,
      companyId,
      areaPath,
      areaId,
      householdId: null,
      placeName: '2号楼',
      form: 'stickers-24',
      state: 'failed',
      households: 1,
      passed: 1,
      made: 1,
      leftOut: 0,
      files: 1,
      pages: 1,
      missing: 0,
      afterAreaId: null,
      afterHouseholdId: null,
      afterAddress: null,
      growing: null,
      step: 1,
      createdBy: ctx.ids.next(),
      createdByName: '测试员工',
      createdAt: now,
      updatedAt: now,
      endedAt: now,
    })
    await insertFile(tx, {
      orderId,
      fileNo: 1,
      title: '2号楼',
      codes: 1,
      pages: 1,
      missing: 0,
      ...sealed,
      createdAt: now,
      taken: 0,
    })
    return { areaId, codeId, orderId }
  })
}
