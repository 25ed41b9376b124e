import type { Input, Output, WriteName } from '@yihu/contract'

export type { ErrorBody, Input, Output, ReadName, WriteName } from '@yihu/contract'

/** Writes that carry a client id; the client adds it. */
export type ActName = {
  [N in WriteName]: Input<N> extends { clientId: string } ? N : never
}[WriteName]
/** What a page gives to an act: everything but the id, which the client keeps across retries. */
export type ActInput<N extends ActName> = Omit<Input<N>, 'clientId'>
/** Writes without an id: of strangers, and signs of life. */
export type PublicWriteName = Exclude<WriteName, ActName>

export type Me = Output<'staff.me'>['me']
export type DeskRow = Output<'desk.list'>['items'][number]
export type DeskRequest = Output<'desk.get'>['request']
export type HouseholdPanel = Output<'desk.findHousehold'>['households'][number]
export type ClockView = DeskRequest['clocks'][number]
export type StepView = DeskRequest['steps'][number]
export type FileView = DeskRequest['files'][number]
export type RequestState = DeskRow['state']
export type ServiceClass = DeskRow['class']
export type MoveInput = Omit<ActInput<'desk.move'>, 'requestId' | 'version'>
export type Candidate = Output<'dispatch.suggest'>['candidates'][number]
export type Offer = Output<'dispatch.offers'>['offers'][number]
export type MapData = Output<'map.read'>
export type Account = Output<'staff.list'>['items'][number]
export type Team = Output<'teams.list'>['teams'][number]
export type CatalogueBody = Output<'catalogue.get'>['body']
export type ServiceType = CatalogueBody['types'][number]
export type ResidentType = Output<'catalogue.read'>['types'][number]
export type Company = Output<'portal.describe'>['companies'][number]
export type SavedView = Output<'views.list'>['views'][number]
export type ReplyTemplate = Output<'replies.list'>['templates'][number]
export type SignInStep = Output<'staff.signIn'>
export type AuditRow = Output<'audit.list'>['items'][number]
export type PlanSlot = Output<'slots.plan'>['slots'][number]
export type NoticeRow = Output<'notices.deskList'>['items'][number]
export type DeskNotice = Output<'notices.deskGet'>
export type NoticeVersion = DeskNotice['versions'][number]
export type NoticeAct = DeskNotice['acts'][number]
export type NoticeDraft = DeskNotice['draft']
export type NoticePreview = Output<'notices.readPreview'>['preview']
export type NoticeProgress = NonNullable<Output<'notices.progress'>['progress']>
export type NoticeArea = Output<'notices.areas'>['areas'][number]
export type NoticeCall = Output<'notices.calls'>['items'][number]
export type NoticeSuggestion = Output<'notices.suggestions'>['items'][number]
export type MessageReport = Output<'messages.report'>
export type HouseholdMessage = Output<'messages.history'>['items'][number]
/** A piece of a company's base map; points are latitude and longitude in degrees × 10⁶. */
export interface BaseShape {
  readonly kind: string
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
}
