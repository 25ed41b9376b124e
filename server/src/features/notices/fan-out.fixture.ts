import { inTransaction } from '../../core/db/database'
import type { TestApp } from '../../testing/harness'
import { type AreaRow, areaTable, bindingTable, householdTable } from '../households/entities'
import { residentTable } from '../identity/entities'
import {
  noticeAreaTable,
  noticeHouseholdTable,
  type NoticeRow,
  noticeTable,
  subscriberTable,
} from './entities'

/** A small town: communities with buildings and units, fed by stations that cross them. */
export interface Town {
  readonly area: (name: string) => AreaRow
  /** By address such as 松海园/1号楼/1单元#3. */
  readonly household: (address: string) => string
  /** Who has bound it: two people, but one alone in every third household. */
  readonly residents: (address: string) => readonly string[]
  readonly addresses: readonly string[]
}

const BUILDINGS = 3
const UNITS = 2

const homeOf = (
  id: string,
  made: { accountNo: string; placeId: string; supplyId: string | null; address: string; now: number },
) => ({
  id,
  companyId: 'heating',
  accountNo: made.accountNo,
  ownerSealed: 'k.x',
  phoneTailIndex: null,
  phoneIndex: null,
  factsIndex: '0',
  community: made.address.split('/')[0] ?? '',
  addressText: made.address,
  shortAddress: made.address.slice(-20),
  placeId: made.placeId,
  supplyId: made.supplyId,
  createdAt: made.now,
  updatedAt: made.now,
})

/** `perUnit` households in each unit of two communities; station 甲 feeds the first buildings, 乙 the others. */
export async function buildTown(app: TestApp, perUnit = 3): Promise<Town> {
  const ctx = app.ctx()
  const now = ctx.clock.now()
  const areas = new Map<string, AreaRow>()
  const homes = new Map<string, { row: ReturnType<typeof homeOf>; residents: string[] }>()
  const grow = (kind: string, fullName: string, tree: AreaRow['tree'] = 'place'): AreaRow => {
    const parent = areas.get(fullName.split('/').slice(0, -1).join('/'))
    const id = ctx.ids.next()
    const name = fullName.split('/').at(-1) ?? ''
    const row: AreaRow = {
      id,
      companyId: 'heating',
      tree,
      kind,
      name,
      fullName,
      parentId: parent?.id ?? null,
      path: `${parent?.path ?? ''}${id}/`,
      contactSealed: null,
      createdAt: now,
    }
    areas.set(fullName, row)
    return row
  }
  const stations = ['甲站', '乙站'].map((name) => grow('heat-station', name, 'supply'))
  for (const community of ['松海园', '御海城']) {
    grow('community', community)
    for (let building = 1; building <= BUILDINGS; building++) {
      grow('building', `${community}/${building}号楼`)
      for (let unit = 1; unit <= UNITS; unit++) {
        const place = grow('unit', `${community}/${building}号楼/${unit}单元`)
        for (let door = 1; door <= perUnit; door++) {
          const address = `${place.fullName}#${door}`
          const made = {
            accountNo: String(2_100_000_000 + homes.size),
            placeId: place.id,
            supplyId: stations[building === 1 ? 0 : 1]?.id ?? null,
            address,
            now,
          }
          homes.set(address, {
            row: homeOf(ctx.ids.next(), made),
            residents: homes.size % 3 === 0 ? [ctx.ids.next()] : [ctx.ids.next(), ctx.ids.next()],
          })
        }
      }
    }
  }
  await inTransaction(ctx, async (tx) => {
    await tx.insert(areaTable, [...areas.values()])
    await tx.insert(
      householdTable,
      [...homes.values()].map(({ row }) => row),
    )
  })
  for (const { row, residents } of homes.values())
    for (const residentId of residents) await moveIn(app, row.id, residentId)
  const must = <T>(found: T | undefined, name: string): T => {
    if (found === undefined) throw new Error(`${name} is not in this town`)
    return found
  }
  return {
    area: (name) => must(areas.get(name), name),
    household: (address) => must(homes.get(address), address).row.id,
    residents: (address) => must(homes.get(address), address).residents,
    addresses: [...homes.keys()],
  }
}

/** A resident who exists and has bound this household. */
export async function moveIn(app: TestApp, householdId: string, residentId: string): Promise<void> {
  const ctx = app.ctx()
  const now = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    const known = await tx.query('SELECT id FROM resident WHERE id = ?', [residentId])
    if (known.length === 0)
      await tx.insert(residentTable, {
        id: residentId,
        phoneSealed: null,
        phoneIndex: null,
        phoneVerifiedAt: null,
        guestUntil: null,
        elderMode: 0,
        mergedInto: null,
        createdAt: now,
        endedAt: null,
      })
    await tx.insert(bindingTable, {
      id: ctx.ids.next(),
      residentId,
      householdId,
      role: 'owner',
      isDefault: 1,
      boundAt: now,
      unboundAt: null,
      activeSlot: 1,
    })
  })
}

let numbers = 0

/** A notice that is live, over these areas and households. */
export async function buildNotice(
  app: TestApp,
  over: {
    areas?: readonly AreaRow[]
    householdIds?: readonly string[]
    subscribers?: readonly string[]
    row?: Partial<NoticeRow>
  },
): Promise<NoticeRow> {
  const ctx = app.ctx()
  const now = ctx.clock.now()
  const row: NoticeRow = {
    id: ctx.ids.next(),
    companyId: 'heating',
    number: `TN${String(++numbers).padStart(8, '0')}`,
    kind: 'emergency',
    state: 'live',
    revision: 1,
    version: 1,
    title: '紧急停暖',
    reasonWords: '管道破裂',
    phone: '0411-12345',
    startsAt: now - 3_600_000,
    endsAt: now + 3_600_000,
    restoredAt: null,
    cutsSupply: 1,
    cutSince: now - 3_600_000,
    urgency: 0,
    requestsClosedAt: null,
    minutesKeptAt: null,
    mergedRequests: 0,
    suggestionId: null,
    createdBy: 'STAFF',
    createdAt: now,
    updatedAt: now,
    ...over.row,
  }
  await inTransaction(ctx, async (tx) => {
    await tx.insert(noticeTable, row)
    await tx.insert(
      noticeAreaTable,
      (over.areas ?? []).map(({ id, tree, fullName, path }) => ({
        noticeId: row.id,
        areaId: id,
        tree,
        fullName,
        path,
      })),
    )
    await tx.insert(
      noticeHouseholdTable,
      (over.householdIds ?? []).map((householdId) => ({ noticeId: row.id, householdId })),
    )
    await tx.insert(
      subscriberTable,
      (over.subscribers ?? []).map((residentId) => ({
        noticeId: row.id,
        residentId,
        householdId: null,
        createdAt: now,
      })),
    )
  })
  return row
}
