import type {
  Invoice,
  InvoiceMail,
  InvoiceSummary,
  Message,
  HeatCaseState,
  Payment,
  Reading,
  RequestClock,
  RequestState,
  RequestStep,
} from './api/types'
import { fullMoment, moment } from './format'
import { mainEnglish } from './language/english'
import { inEnglish } from './language/spoken'

/**
 * What the server sends in Chinese words and by a code beside them: the words where Chinese is read, this app's own for
 * the code where English is. What people wrote, of a company or at home, stays as it was written in both.
 */
const english = () => (inEnglish() ? (mainEnglish()?.byCode ?? null) : null)

export const requestState = ({ state, stateWords }: { state: RequestState; stateWords: string }): string =>
  english()?.requestStates[state] ?? stateWords

export const stepTitle = ({ kind, title }: Pick<RequestStep, 'kind' | 'title'>): string =>
  english()?.steps[kind] ?? title

export function stepBy({ by, byName }: Pick<RequestStep, 'by' | 'byName'>): string | null {
  return by === null || by === 'worker' ? byName : (english()?.stepBy[by] ?? byName)
}

export function promiseLine(clock: Pick<RequestClock, 'kind' | 'promise' | 'dueAt'>, nowMs: number): string {
  const { kind, promise, dueAt } = clock
  return dueAt === null ? promise : (english()?.promises[kind](moment(dueAt, nowMs)) ?? promise)
}

export function pausedBecause({
  pausedFor,
  pausedBecause: chinese,
}: Pick<RequestClock, 'pausedFor' | 'pausedBecause'>): string | null {
  return pausedFor === null ? chinese : (english()?.paused[pausedFor] ?? chinese)
}

export const readingState = ({ state, stateWords }: Pick<Reading, 'state' | 'stateWords'>): string =>
  english()?.readingStates[state] ?? stateWords

export function readingNext({ next, nextStep }: Pick<Reading, 'next' | 'nextStep'>): string {
  const said = english()
  if (said === null) return next
  const { code, againUntil } = nextStep
  return `${said.readingNext[code]}${againUntil === null ? '' : said.readAgain(fullMoment(againUntil))}`
}

export function readingFindings({ findings, findingCodes }: Pick<Reading, 'findings' | 'findingCodes'>) {
  const said = english()
  return said === null ? findings : findingCodes.map((code) => said.findings[code])
}

export function readingReason({ reason, reasonWords }: Pick<Reading, 'reason' | 'reasonWords'>) {
  return reason === null ? reasonWords : (english()?.reasons[reason] ?? reasonWords)
}

export const heatCaseState = ({ state, stateWords }: { state: HeatCaseState; stateWords: string }): string =>
  english()?.heatCases[state] ?? stateWords

export const invoiceState = ({ state, stateWords }: Pick<InvoiceSummary, 'state' | 'stateWords'>): string =>
  english()?.invoiceStates[state] ?? stateWords

export function invoiceNext({
  next,
  nextCode,
  failure,
}: Pick<Invoice, 'next' | 'nextCode' | 'failure'>): string | null {
  const said = english()
  if (said === null || nextCode === null) return next
  const why = nextCode === 'failed' && failure !== null ? said.failure(failure) : ''
  return `${said.invoiceNext[nextCode]}${why}`
}

export const mailState = ({ state, words, toMasked }: InvoiceMail): string =>
  english()?.mails[state](toMasked) ?? words

/** `template` is what the server calls a kind of message. */
export const messageTitle = (template: Message['kind'], title: string): string =>
  english()?.messages[template] ?? title

/** What the page says by itself of the same state needs no words of the server; those it says of nothing else do. */
export function paymentExplanation({
  explanation,
  explanationCode,
}: Pick<Payment, 'explanation' | 'explanationCode'>): string | null {
  const said = english()
  if (said === null) return explanation
  return explanationCode === 'disputed' ? said.disputed : null
}

/** How a notice stands, with whether it is late. */
export function noticeState(
  notice: { readonly stateName: string; readonly isLate: boolean; readonly shown: string },
  states: Readonly<Record<string, string>>,
): string {
  const said = english()
  const state = states[notice.shown]
  if (said === null || state === undefined) return notice.stateName
  return notice.isLate && notice.shown !== 'restored' && notice.shown !== 'cancelled'
    ? `${state}, ${said.late}`
    : state
}
