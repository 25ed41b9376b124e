import { isAppError } from '../../core/errors'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { owedOfHousehold, type PayableBill, readBillsForPayment, seesBill } from '../billing'
import {
  gridManagersOf,
  historyFrom,
  type HouseholdSummary,
  householdsOf,
  placesOfHouseholds,
} from '../households'
import { articleForReader } from '../knowledge'
import { liveFacts } from '../notices'
import { requestsByIds, STATE_WORDS, whenInWords } from '../requests'
import { inScope } from '../staff'
import type { ConversationRow } from './entities'
import type { Looker } from './looker'
import type { CardRef } from './stored-content'
import type { Card } from './views-schema'

/** A card by what it refers to; what this reader may not see, or is not there any more, is `gone`. */
export type ShownCards = (ref: CardRef) => Card

/**
 * What the cards of a conversation say now, for this reader: figures are read here and are never kept in a message. A
 * resident's own homes, bills and requests alone are shown in their conversation, to either side; to people at work only
 * those of their companies and areas. A fixed number of questions however many cards there are of a home.
 */
export async function showCards(
  ctx: Ctx,
  looker: Looker,
  conversation: ConversationRow,
  refs: readonly CardRef[],
): Promise<ShownCards> {
  if (refs.length === 0) return goneCard
  const idsOf = (...types: readonly CardRef['type'][]): string[] => [
    ...new Set(refs.flatMap(({ type, id }) => (types.includes(type) ? [id] : []))),
  ]
  const world: World = { ctx, looker, homes: await homesIn(ctx, looker, conversation, refs) }
  const [bills, owed, requests, visits, notices, managers, articles] = await Promise.all([
    billCards(world, conversation, idsOf('bill', 'pay')),
    owedCards(world, idsOf('owed')),
    requestCards(world, conversation, idsOf('request')),
    visitCards(world, conversation, idsOf('visit')),
    noticeCards(world, idsOf('notice')),
    managerCards(world, idsOf('grid-manager')),
    articleCards(world, idsOf('article')),
  ])
  const byType: Partial<Record<CardRef['type'], ReadonlyMap<string, Card>>> = {
    bill: bills,
    pay: bills,
    owed,
    request: requests,
    visit: visits,
    notice: notices,
    'grid-manager': managers,
    article: articles,
  }
  return (ref) => {
    const card = byType[ref.type]?.get(ref.id)
    return card === undefined ? goneCard(ref) : { ...card, type: ref.type }
  }
}

interface World {
  readonly ctx: Ctx
  readonly looker: Looker
  readonly homes: ReadonlyMap<string, HouseholdSummary>
}

function goneCard({ type, id }: CardRef): Card {
  return { ...BARE, type, id, title: '内容已失效', line: '', gone: true }
}

const BARE = { lines: [], action: null, page: null, phone: null, photoUrl: null, asOf: null, gone: false }
const OF_HOME: readonly CardRef['type'][] = ['bill', 'pay', 'owed', 'grid-manager']

/** What the resident of the conversation has bound now, as far as the reader may see it. */
async function homesIn(
  ctx: Ctx,
  looker: Looker,
  conversation: ConversationRow,
  refs: readonly CardRef[],
): Promise<ReadonlyMap<string, HouseholdSummary>> {
  if (conversation.residentId === null || !refs.some(({ type }) => OF_HOME.includes(type))) return new Map()
  const homes = await householdsOf(ctx, conversation.residentId)
  if (looker.side === 'resident') return new Map(homes.map((home) => [home.id, home]))
  const places = await placesOfHouseholds(
    ctx.db.reader,
    homes.map(({ id }) => id),
  )
  const seen = homes.filter(({ id, companyId }) =>
    inScope(looker.staff, { companyId, areaPath: places.get(id)?.path ?? '' }),
  )
  return new Map(seen.map((home) => [home.id, home]))
}

const isResident = ({ looker }: World): boolean => looker.side === 'resident'

/** 11月20日. */
function dayWords(day: string): string {
  const [, month = '', date = ''] = day.split('-')
  return `${Number(month)}月${Number(date)}日`
}

const homeLines = (home: HouseholdSummary): Card['lines'] => [
  { label: '户号', value: home.accountNoMasked },
  { label: '住址', value: home.shortAddress },
]

const owedWords = (owedFen: number, dueOn: string | null): string =>
  `待缴 ${formatYuan(owedFen)} 元${dueOn === null ? '' : `，${dayWords(dueOn)}到期`}`

const UNKNOWN = '暂时查不到最新金额，请稍后再看'

async function billCards(
  world: World,
  conversation: ConversationRow,
  ids: readonly string[],
): Promise<Map<string, Card>> {
  const { ctx, homes } = world
  const histories = await historyFrom(ctx, conversation.residentId ?? '', [...homes.keys()])
  const isShown = (bill: PayableBill): boolean => {
    const history = histories.get(bill.householdId)
    return homes.has(bill.householdId) && history !== undefined && seesBill(history, bill)
  }
  const bills = (await readBillsForPayment(ctx.db.reader, ids)).filter(isShown)
  const standing = await standingOf(world, [...new Set(bills.map(({ householdId }) => householdId))])
  return new Map(
    bills.flatMap((bill): [string, Card][] => {
      const home = homes.get(bill.householdId)
      const known = standing.get(bill.householdId)
      if (!home || !known || bill.state === 'cancelled') return []
      const unpaid = bill.owedFen > 0 && known.owedFen !== null
      const line = unpaid ? owedWords(bill.owedFen, bill.dueOn) : bill.owedFen > 0 ? UNKNOWN : '已缴清'
      const mayPay = unpaid && isResident(world)
      return [
        [
          bill.id,
          {
            ...BARE,
            type: 'bill',
            id: bill.id,
            title: bill.title,
            line: bill.heldByPaymentId !== null && unpaid ? `${line}（正在支付）` : line,
            lines: homeLines(home),
            action: mayPay ? '去缴费' : null,
            page: mayPay ? `/pages/cashier/index?bills=${bill.id}` : `/pages/bill/index?billId=${bill.id}`,
            asOf: known.asOf,
          },
        ],
      ]
    }),
  )
}

async function standingOf(
  { ctx, homes }: World,
  householdIds: readonly string[],
): Promise<Map<string, Awaited<ReturnType<typeof owedOfHousehold>>>> {
  const found = await Promise.all(
    householdIds.flatMap((id) => {
      const home = homes.get(id)
      return home ? [owedOfHousehold(ctx, home).then((owed) => [id, owed] as const)] : []
    }),
  )
  return new Map(found)
}

async function owedCards(world: World, ids: readonly string[]): Promise<Map<string, Card>> {
  const standing = await standingOf(world, ids)
  return new Map(
    [...standing].flatMap(([id, { owedFen, asOf, bills }]): [string, Card][] => {
      const home = world.homes.get(id)
      if (!home) return []
      const dueOn = bills.flatMap((bill) => (bill.leftFen > 0 && bill.dueOn ? [bill.dueOn] : [])).sort()[0]
      const line = owedFen === null ? UNKNOWN : owedFen === 0 ? '没有欠费' : owedWords(owedFen, dueOn ?? null)
      const mayPay = owedFen !== null && owedFen > 0 && isResident(world)
      return [
        [
          id,
          {
            ...BARE,
            type: 'owed',
            id,
            title: `${home.shortAddress}的费用`,
            line,
            lines: homeLines(home),
            action: mayPay ? '去缴费' : null,
            page: mayPay ? `/pages/cashier/index?households=${id}` : null,
            asOf,
          },
        ],
      ]
    }),
  )
}

/** The requests of the conversation's resident that the reader may see. */
async function requestsOf({ ctx, looker }: World, { residentId }: ConversationRow, ids: readonly string[]) {
  const rows = [...(await requestsByIds(ctx.db.reader, ids)).values()]
  return rows.filter((row) => {
    if (looker.side === 'resident') return row.residentId !== null && looker.ids.includes(row.residentId)
    return row.residentId !== null && row.residentId === residentId && inScope(looker.staff, row)
  })
}

async function requestCards(
  world: World,
  conversation: ConversationRow,
  ids: readonly string[],
): Promise<Map<string, Card>> {
  const rows = await requestsOf(world, conversation, ids)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...BARE,
        type: 'request',
        id: row.id,
        title: `诉求 ${row.number}`,
        line: STATE_WORDS[row.state],
        lines: [{ label: '提交时间', value: whenInWords(row.createdAt, world.ctx.clock.now()) }],
        action: isResident(world) ? '看进度' : null,
        page: `/requests/detail/index?id=${row.id}`,
        asOf: row.updatedAt,
      },
    ]),
  )
}

async function visitCards(
  world: World,
  conversation: ConversationRow,
  ids: readonly string[],
): Promise<Map<string, Card>> {
  const rows = await requestsOf(world, conversation, ids)
  const visits = await appointmentOf(
    world.ctx,
    rows.map(({ id }) => id),
  )
  return new Map(
    rows.flatMap((row): [string, Card][] => {
      const visit = visits.get(row.id)
      if (!visit) return []
      const line = `${whenInWords(visit.slot.startsAt, world.ctx.clock.now())}–${visit.slot.to}`
      return [
        [
          row.id,
          {
            ...BARE,
            type: 'visit',
            id: row.id,
            title: '上门时间',
            line,
            lines: [{ label: '单号', value: row.number }],
            action: isResident(world) ? '看详情' : null,
            page: `/requests/detail/index?id=${row.id}`,
          },
        ],
      ]
    }),
  )
}

const SHOWN = new Set(['live', 'restored', 'cancelled', 'ended'])
const NOTICE_WORDS: Readonly<Record<string, string>> = {
  restored: '已恢复',
  cancelled: '已取消',
  ended: '已结束',
}

/** Notices are public once they were published. */
async function noticeCards({ ctx }: World, ids: readonly string[]): Promise<Map<string, Card>> {
  const now = ctx.clock.now()
  const rows = (await liveFacts(ctx.db.reader, ids)).filter(({ state }) => SHOWN.has(state))
  return new Map(
    rows.map((row) => {
      const begins = row.startsAt === null ? null : whenInWords(row.startsAt, now)
      const ends = row.endsAt === null ? null : `预计${whenInWords(row.endsAt, now)}恢复`
      const under = row.startsAt !== null && row.startsAt > now ? `${begins}开始` : ends
      return [
        row.id,
        {
          ...BARE,
          type: 'notice',
          id: row.id,
          title: row.title,
          line: NOTICE_WORDS[row.state] ?? under ?? '公告',
          lines: [],
          action: '看通知',
          page: `/notices/detail/index?noticeId=${row.id}`,
        },
      ]
    }),
  )
}

/** Whoever is responsible for a home (台区经理), with a number to call. */
async function managerCards(world: World, ids: readonly string[]): Promise<Map<string, Card>> {
  const own = ids.filter((id) => world.homes.has(id))
  const managers = await gridManagersOf(world.ctx, world.ctx.db.reader, own)
  return new Map(
    [...managers].map(([id, { name, phone, photoUrl }]) => [
      id,
      {
        ...BARE,
        type: 'grid-manager',
        id,
        title: name,
        line: '您这片的负责人',
        lines: [{ label: '住址', value: world.homes.get(id)?.shortAddress ?? '' }],
        action: '打电话',
        phone,
        photoUrl,
      },
    ]),
  )
}

/** What is published, to people at work also what is for them alone. */
async function articleCards({ ctx, looker }: World, ids: readonly string[]): Promise<Map<string, Card>> {
  const all = ctx.config.companies.map(({ id }) => id)
  const reader =
    looker.side === 'resident' ? ('public' as const) : { companies: looker.staff.companies ?? all }
  const cards = await Promise.all(
    ids.map(async (id): Promise<[string, Card][]> => {
      try {
        const { title } = await articleForReader(ctx, id, reader)
        return [[id, { ...BARE, type: 'article', id, title, line: '点开看全文', lines: [], action: '查看' }]]
      } catch (error) {
        if (isAppError(error, 'not_found')) return []
        throw error
      }
    }),
  )
  return new Map(cards.flat())
}
