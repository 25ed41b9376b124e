import { logoAt } from '../../core/config/brand'
import { companyOf } from '../../core/config/companies'
import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { discardSealed, keepSealed, sealedPath, type SealedFile } from '../files'
import { type Door, gridManagersOf } from '../households'
import { codeNumber } from './code-number'
import { codeUrl } from './code-token'
import type { PrintForm } from './desk-schema'
import type { HouseholdCodeRow } from './entities'
import { insertFile, lockOrder, saveOrder } from './order-store'
import { codesFor, ended, nextDoors, placeOf, positionOf } from './order-walk'
import type { MeterBox } from './print-card'
import type { CodeOrderRow } from './print-entities'
import type { WrittenPdf } from '../../core/print/write-pdf'
import { printFile, type PrintPage } from './print-file'
import { FORMS, type FormFacts } from './print-forms'
import type { Letterhead, PrintedCode } from './print-sheet'

type PrintOrder = CodeOrderRow & { readonly form: PrintForm }

/** A file is for one community and has no more pages than a person carries and a printer takes at a time. */
const FILE_PAGES = 100
const DOORS_AT_ONCE = 500

/**
 * Makes the next file of an order: chooses the households, makes codes that are missing, draws, stores, and only then
 * moves the order on, all that is seen of it in one transaction. What a crash left behind is deleted first.
 */
export async function printNext(ctx: Ctx, row: PrintOrder): Promise<void> {
  const name = await claim(ctx, row)
  if (name === null) return
  const chosen = await choose(ctx, row)
  const printable = chosen.doors.flatMap((door) => {
    const code = chosen.codes.get(door.id)
    return code ? [{ door, code }] : []
  })
  let made: { printed: WrittenPdf; sealed: SealedFile } | null = null
  if (printable.length > 0) {
    const pages = await pagesOf(ctx, FORMS[row.form], printable)
    const of = {
      form: FORMS[row.form],
      head: letterhead(ctx, row.companyId),
      title: `一户一码 ${row.placeName}`,
      now: ctx.clock.now(),
    }
    const printed = await printFile(await sealedPath(ctx, name), of, pages)
    made = { printed, sealed: await keepSealed(ctx, name) }
  }
  const counted = { codes: printable.length, title: titleOf(printable.map(({ door }) => door)) }
  const isMine = await inTransaction(ctx, async (tx) => {
    const locked = await lockOrder(tx, row.id)
    if (locked === null || locked.growing !== name) return false
    const now = ctx.clock.now()
    if (locked.state !== 'running') {
      await saveOrder(tx, { ...locked, growing: null, updatedAt: now })
      return false
    }
    const fileNo = locked.files + 1
    if (made !== null)
      await insertFile(tx, {
        orderId: row.id,
        fileNo,
        ...counted,
        ...made.printed,
        ...made.sealed,
        createdAt: now,
        taken: 0,
      })
    await saveOrder(tx, {
      ...locked,
      passed: locked.passed + chosen.doors.length,
      leftOut: locked.leftOut + chosen.doors.length - printable.length,
      files: made === null ? locked.files : fileNo,
      pages: locked.pages + (made?.printed.pages ?? 0),
      missing: locked.missing + (made?.printed.missing ?? 0),
      ...placeOf(chosen.doors.at(-1)?.position ?? positionOf(locked)),
      growing: null,
      step: locked.step + 1,
      updatedAt: now,
      ...(chosen.isLast ? ended(ctx) : {}),
    })
    return true
  })
  if (!isMine) await discardSealed(ctx, name)
}

/** A name for the file that grows now; null when the order has ended or went on without us. */
async function claim(ctx: Ctx, row: PrintOrder): Promise<string | null> {
  if (row.growing !== null) await discardSealed(ctx, row.growing)
  const name = ctx.ids.token(16)
  return inTransaction(ctx, async (tx) => {
    const locked = await lockOrder(tx, row.id)
    const isOurs = locked?.state === 'running' && locked.step === row.step && locked.growing === row.growing
    if (!isOurs) return null
    await saveOrder(tx, { ...locked, growing: name, updatedAt: ctx.clock.now() })
    return name
  })
}

interface Chosen {
  readonly doors: readonly Door[]
  readonly codes: ReadonlyMap<string, HouseholdCodeRow>
  /** Nothing is left of the order behind these. */
  readonly isLast: boolean
}

/** Households of one community that fill a file. */
async function choose(ctx: Ctx, row: PrintOrder): Promise<Chosen> {
  const isFull = fullness(FORMS[row.form])
  const doors: Door[] = []
  const codes = new Map<string, HouseholdCodeRow>()
  for (let after = positionOf(row); ; ) {
    const page = await nextDoors(ctx, row, after, DOORS_AT_ONCE)
    const taken: Door[] = []
    let isDone = false
    for (const door of page.doors) {
      isDone =
        doors.length + taken.length > 0 && (isOther(door, taken.at(-1) ?? doors.at(-1)) || isFull(door))
      if (isDone) break
      isFull.add(door)
      taken.push(door)
    }
    for (const [id, code] of await codesFor(ctx, row, taken)) codes.set(id, code)
    doors.push(...taken)
    if (isDone || page.next === null) return { doors, codes, isLast: !isDone }
    after = page.next
  }
}

const isOther = (door: Door, before: Door | undefined): boolean => door.community !== before?.community

/** Counts pages as they fill: whether this household would begin one page too many. */
function fullness(form: FormFacts): { (door: Door): boolean; add(door: Door): void } {
  const perPage = form.kind === 'notice' ? 1 : form.columns * form.rows
  let pages = 0
  let onPage = perPage
  let areaId = ''
  // A meter box begins a page of its own; elsewhere a page is filled before the next one.
  const begins = (door: Door): boolean =>
    onPage === perPage || (form.kind === 'box-card' && door.areaId !== areaId)
  const isFull = (door: Door): boolean => begins(door) && pages >= FILE_PAGES
  return Object.assign(isFull, {
    add: (door: Door): void => {
      if (begins(door)) [pages, onPage] = [pages + 1, 0]
      onPage++
      areaId = door.areaId
    },
  })
}

interface Printable {
  readonly door: Door
  readonly code: HouseholdCodeRow
}

async function pagesOf(ctx: Ctx, form: FormFacts, all: readonly Printable[]): Promise<PrintPage[]> {
  if (form.kind === 'box-card') return boxPages(ctx, form.columns * form.rows, all)
  const perPage = form.kind === 'notice' ? 1 : form.columns * form.rows
  return piecesOf(all, perPage).map((some) => ({ codes: some.map((one) => printed(ctx, one)) }))
}

async function boxPages(ctx: Ctx, perPage: number, all: readonly Printable[]): Promise<PrintPage[]> {
  const boxes = new Map<string, Printable[]>()
  for (const one of all) {
    const box = boxes.get(one.door.areaId)
    if (box) box.push(one)
    else boxes.set(one.door.areaId, [one])
  }
  // Who is responsible for one household of a box is for all of them.
  const first = [...boxes.values()].flatMap((box) => box[0]?.door.id ?? [])
  const managers = await gridManagersOf(ctx, ctx.db.reader, first)
  return [...boxes.values()].flatMap((box) => {
    const parts = piecesOf(box, perPage)
    return parts.map((some, index): { box: MeterBox } => ({
      box: {
        place: box[0]?.door.place ?? '',
        community: box[0]?.door.community ?? '',
        manager: managers.get(box[0]?.door.id ?? '') ?? null,
        codes: some.map((one) => ({ ...printed(ctx, one), door: one.door.room })),
        page: index + 1,
        pages: parts.length,
      },
    }))
  })
}

const printed = (ctx: Ctx, { door, code }: Printable): PrintedCode => ({
  url: codeUrl(ctx, code),
  number: codeNumber(code.publicId),
  community: door.community,
  door: `${door.place}${door.room}`,
})

function piecesOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )
}

/** What a household can do by its code at a company of this kind; readings are for meters that people can read. */
const USES = {
  heating: '查缴费 · 报修 · 看通知',
  power: '查缴费 · 报修 · 看通知',
  gas: '查缴费 · 报数 · 报修',
  water: '查缴费 · 报数 · 报修',
} as const

function letterhead(ctx: Ctx, companyId: string): Letterhead {
  const { name, brandColour, hotline, kind, logo } = companyOf(ctx, companyId)
  return {
    companyName: name,
    brandColour,
    logo: logoAt(logo)?.png ?? null,
    hotline,
    uses: USES[kind],
    day: shanghaiDay(ctx.clock.now()),
  }
}

/** From which building to which, without a door: the list of files is read by more people than the paper. */
function titleOf(doors: readonly Door[]): string {
  const [first, last] = [doors[0], doors.at(-1)]
  if (!first || !last) return ''
  const span = first.place === last.place ? first.place : `${first.place} 至 ${last.place}`
  return `${first.community} ${span}`.trim()
}
