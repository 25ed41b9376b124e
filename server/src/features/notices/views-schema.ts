import { z } from 'zod'
import * as shape from '../../core/http/shapes'

/** `planned` and `emergency` cut supply; `general` is an announcement: a price, a heating season, a pressure test. */
export const noticeKind = z.enum(['planned', 'emergency', 'general'])
export type NoticeKind = z.infer<typeof noticeKind>

/**
 * draft → waiting (a second person) → scheduled → live → restored | cancelled | ended. `live` has been told to
 * residents; whether it is still to come, under way or extended follows from its times and its newest version.
 */
export const noticeState = z.enum(['draft', 'waiting', 'scheduled', 'live', 'restored', 'cancelled', 'ended'])
export type NoticeState = z.infer<typeof noticeState>

/** What a version says: the first word, longer than promised, over, not taking place, or that the last was wrong. */
export const changeKind = z.enum(['first', 'extended', 'restored', 'cancelled', 'correction'])
export type ChangeKind = z.infer<typeof changeKind>

export const versionState = z.enum(['draft', 'waiting', 'scheduled', 'published', 'refused', 'stopped'])
export type VersionState = z.infer<typeof versionState>

/** What a resident reads it as: 计划中、进行中、延期、已恢复、已取消、公告. */
export const shownState = z.enum(['planned', 'under-way', 'extended', 'restored', 'cancelled', 'general'])
export type ShownState = z.infer<typeof shownState>

export const words = (min: number, max: number) => z.string().trim().min(min).max(max)
export const company = {
  id: shape.companyId,
  name: z.string(),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
}

/** One notice as anybody may read it. Times are instants; every figure stands beside `asOf`. */
export const publicNotice = z.object({
  id: shape.id,
  number: z.string(),
  company: z.object(company),
  kind: noticeKind,
  shown: shownState,
  shownWords: z.string(),
  title: z.string(),
  words: z.string(),
  reasonWords: z.string(),
  phone: z.string(),
  /** Names of the places, such as 松海园 1号楼; at most 50, `moreAreas` counts the others. */
  areas: z.array(z.string()),
  moreAreas: z.int(),
  startsAt: shape.instant.nullable(),
  endsAt: shape.instant.nullable(),
  restoredAt: shape.instant.nullable(),
  version: z.int(),
  updatedAt: shape.instant,
  /** Which of my households it covers; empty for strangers. */
  mine: z.array(z.object({ householdId: shape.id, shortAddress: z.string() })),
  subscribed: z.boolean(),
})
export type PublicNotice = z.infer<typeof publicNotice>

export const history = z.object({
  version: z.int(),
  change: changeKind,
  changeWords: z.string(),
  title: z.string(),
  words: z.string(),
  changed: z.string(),
  startsAt: shape.instant.nullable(),
  endsAt: shape.instant.nullable(),
  publishedAt: shape.instant,
})

/** A rough drawing, no survey: the company's own base map around the places that are covered. Degrees × 10⁶. */
export const mapView = z.object({
  shapes: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      points: z.array(z.tuple([z.int(), z.int()])),
    }),
  ),
  covered: z.array(z.object({ name: z.string(), latE6: z.int(), lngE6: z.int() })),
})

export const answeredAt = {
  /** When this was read from the database; older than now when the database is away and the last good copy answers. */
  asOf: shape.instant,
  stale: z.boolean(),
}

const person = z.object({ id: shape.id, name: z.string() })

export const audienceInput = z.strictObject({
  /** Knots of either tree; everything below belongs to them. */
  areaIds: z.array(shape.id).max(500),
  /** Account numbers, as an export lists them; at most 20,000 at a time. */
  accountNos: z.array(z.string().regex(/^\d{4,20}$/)).max(20_000),
})

export const draftInput = z.strictObject({
  companyId: shape.companyId,
  kind: noticeKind,
  title: words(4, 40),
  words: words(4, 600),
  reasonWords: words(2, 60),
  phone: words(3, 20),
  startsAt: shape.instant.nullable(),
  endsAt: shape.instant.nullable(),
  /** Whether supply is cut; `general` never does. */
  cutsSupply: z.boolean(),
  audience: audienceInput,
})
export type DraftInput = z.infer<typeof draftInput>

/** The rule that a draft breaks, in words: 计划停电要提前7天通知（电力供应与使用条例 第28条），现在只提前3天。 */
const leadView = z.object({ broken: z.boolean(), rule: z.string().nullable(), source: z.string().nullable() })

const channelReach = z.object({
  /** wechat-mini, wechat-oa, alipay-mini, sms, email, inbox: the first channel that would be tried. */
  channel: z.string(),
  residents: z.int(),
  costFen: shape.fen,
})

export const preview = z.object({
  state: z.enum(['counting', 'done', 'failed']),
  revision: z.int(),
  households: z.int(),
  residents: z.int(),
  channels: z.array(channelReach),
  costFen: shape.fen,
  /** Account numbers that are no household of this company; at most 100, counted in full. */
  unknownAccounts: z.array(z.string()),
  unknownCount: z.int(),
  /** Twenty households of it, masked, spread over the areas. */
  sample: z.array(z.object({ accountNoMasked: z.string(), address: z.string() })),
  /** Important, sensitive and complaining customers, to be called. */
  calls: z.int(),
  lead: leadView,
  /** Whether a second person must agree, because of the number of residents. */
  needsApproval: z.boolean(),
  countedAt: shape.instant.nullable(),
})
export type PreviewView = z.infer<typeof preview>

export const progress = z.object({
  version: z.int(),
  state: z.enum(['spreading', 'sending', 'done', 'stopped']),
  expected: z.int(),
  /** Rows that exist, of which each ends in one of the states below. */
  spread: z.int(),
  waiting: z.int(),
  sent: z.int(),
  inboxOnly: z.int(),
  unknown: z.int(),
  failed: z.int(),
  expired: z.int(),
  cancelled: z.int(),
  dropped: z.int(),
  channels: z.array(
    z.object({
      channel: z.string(),
      sent: z.int(),
      refused: z.int(),
      failed: z.int(),
      unknown: z.int(),
      costFen: shape.fen,
      /** Why it rests, in words; null while it works. */
      paused: z.string().nullable(),
    }),
  ),
  perSecond: z.number().nullable(),
  /** When all will have been sent at this speed; null while nobody can say. */
  etaAt: shape.instant.nullable(),
  asOf: shape.instant,
})
export type ProgressView = z.infer<typeof progress>

export const deskRow = z.object({
  id: shape.id,
  number: z.string(),
  companyId: shape.companyId,
  kind: noticeKind,
  state: noticeState,
  shown: shownState,
  title: z.string(),
  startsAt: shape.instant.nullable(),
  endsAt: shape.instant.nullable(),
  version: z.int(),
  revision: z.int(),
  areas: z.array(z.string()),
  households: z.int().nullable(),
  createdBy: person,
  updatedAt: shape.instant,
})
export type NoticeDeskRow = z.infer<typeof deskRow>

/** The first outages of a month by the moment supply came back; the sums are of all. */
export const reliability = z.object({
  outages: z.array(
    z.object({
      noticeId: shape.id,
      number: z.string(),
      title: z.string(),
      kind: noticeKind,
      fromAt: shape.instant,
      restoredAt: shape.instant,
      households: z.int(),
      /** Minutes of all its households together, without what another notice has counted. */
      countedMinutes: z.int(),
    }),
  ),
  count: z.int(),
  /** Outages times households, and their minutes. */
  households: z.int(),
  countedMinutes: z.int(),
  /** All households of the company; null for who sees a part of it, and then there is no average either. */
  served: z.int().nullable(),
  averageMinutes: z.number().nullable(),
  /** Back again, and not reckoned yet. */
  pending: z.int(),
  asOf: shape.instant,
})
export type Reliability = z.infer<typeof reliability>

const deskVersion = history.omit({ publishedAt: true }).extend({
  state: versionState,
  leadRule: z.string().nullable(),
  leadReason: z.string().nullable(),
  publishAt: shape.instant.nullable(),
  publishedAt: shape.instant.nullable(),
  stoppedAt: shape.instant.nullable(),
  createdBy: person,
  approvedBy: person.nullable(),
  refusedWords: z.string().nullable(),
})

/** What may be done with it now, by this person: the console shows exactly these buttons. */
const noticeAct = z.enum([
  'save',
  'submit',
  'approve',
  'refuse',
  'stop',
  'extend',
  'restore',
  'cancel',
  'correct',
  'test-send',
  'discard',
])
export type NoticeAct = z.infer<typeof noticeAct>

export const deskNotice = z.object({
  notice: deskRow,
  draft: draftInput,
  areas: z.array(z.object({ id: shape.id, tree: z.enum(['place', 'supply']), fullName: z.string() })),
  namedHouseholds: z.int(),
  versions: z.array(deskVersion),
  acts: z.array(noticeAct),
  /** Minutes without supply over all households; null before the restoration was reckoned. */
  /** `countedMinutes` leaves out what another notice has counted for the same households at the same time. */
  outage: z.object({ households: z.int(), minutes: z.int(), countedMinutes: z.int() }).nullable(),
  feedback: z.object({ yes: z.int(), no: z.int() }),
  mergedRequests: z.int(),
})
export type DeskNotice = z.infer<typeof deskNotice>
