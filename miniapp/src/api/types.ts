import type { ErrorBody, Input, Output, ReadName, WriteName } from '@yihu/contract'

export type { ErrorBody, Input, Output, ReadName, WriteName }

/** A write's input as the server takes it, of each of its forms. */
export type GivenInput<N extends WriteName> = Input<N>
type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never
/** A write as pages ask for it: the client adds the act's id, except where it is kept over restarts. */
export type WriteInput<N extends WriteName> = N extends KeptActName ? Input<N> : Without<Input<N>, 'clientId'>
type KeptActName =
  | 'payments.start'
  | 'households.bind'
  | 'requests.submit'
  | 'readings.submit'
  | 'files.begin'
  | 'files.finish'
  | 'chat.send'

/** The server's own shapes under the names pages use. */
export type Portal = Output<'portal.describe'>
export type Company = Portal['companies'][number]
export type Session = Output<'sessions.login'>
export type Me = Output<'residents.me'>
export type Household = Output<'households.list'>['households'][number]
export type Owed = Output<'bills.owed'>
export type OwedGroup = Owed['groups'][number]
export type Bill = Output<'bills.list'>['items'][number]
export type BillDetail = Output<'bills.get'>
export type Usage = Output<'usage.read'>
export type BillDifference = Output<'usage.explainBill'>['differences'][number]
export type Statement = Output<'papers.readStatement'>
export type StatementLine = Statement['lines'][number]
export type PaymentReport = Output<'papers.readReport'>
export type Proof = Output<'papers.makeProof'>['proof']
export type CheckedProof = Output<'papers.checkProof'>
export type PaperLink = Output<'papers.linkBill'>
export type Payment = Output<'payments.get'>['payment']
export type Cashier = NonNullable<Output<'payments.start'>['cashier']>
export type Receipt = Output<'payments.receipt'>
export type Message = Output<'messages.list'>['items'][number]
export type Tariff = Output<'tariffs.list'>['tariffs'][number]
export type Reckoned = Output<'tariffs.calculate'>['current']
export type UtilityKind = Company['kind']
export type PayProduct = Input<'payments.start'>['product']
export type PhoneProof = WriteInput<'residents.linkPhone'>
export type Catalogue = Output<'catalogue.read'>
export type ServiceType = Catalogue['types'][number]
export type Question = ServiceType['questions'][number]
export type Stopper = NonNullable<ServiceType['stopper']>
export type Precheck = Output<'requests.precheck'>
export type Notice = Output<'notices.get'>['notice']
export type NoticePage = Output<'notices.get'>
export type NoticesOfMine = Output<'notices.mine'>
export type OpenQuestion = NoticesOfMine['questions'][number]
export type FoundPlace = Output<'notices.search'>['places'][number]
export type Credit = Output<'messages.credits'>['credits'][number]
export type MessageKind = Output<'messages.switches'>['kinds'][number]
export type RequestView = Output<'requests.get'>['request']
export type RequestSummary = Output<'requests.list'>['items'][number]
export type RequestClock = RequestView['clocks'][number]
export type RequestStep = RequestView['steps'][number]
export type RequestState = RequestSummary['state']
export type PausedFor = NonNullable<RequestClock['pausedFor']>
export type PromiseKind = RequestClock['kind']
export type StepBy = NonNullable<RequestStep['by']>
export type Reading = Output<'readings.get'>['reading']
export type ReadingState = Reading['state']
export type ReadingNext = Reading['nextStep']['code']
export type ReadingFinding = Reading['findingCodes'][number]
export type ReadingReason = NonNullable<Reading['reason']>
export type HeatCaseState = Output<'heating.getCase'>['state']
export type Invoice = Output<'invoices.get'>['invoice']
export type InvoiceSummary = Output<'invoices.list'>['items'][number]
export type InvoiceState = InvoiceSummary['state']
export type InvoiceNext = NonNullable<Invoice['nextCode']>
export type InvoiceMail = Invoice['mails'][number]
export type MailState = InvoiceMail['state']
export type Slot = Output<'slots.list'>['slots'][number]
export type FileView = RequestView['files'][number]
export type FileKind = FileView['kind']
/** What a household's printed code shows to whoever holds it. */
export type OpenedScan = Output<'scans.open'>
export type OpenedCode = Output<'codes.open'>
export type CodePage = Extract<OpenedCode, { state: 'active' }>['page']
/** How far a file has come; what it looks like is told only when asked for. */
export type FileProgress = Omit<Output<'files.state'>, 'file'>
