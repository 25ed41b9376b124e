import type {
  HeatCaseState,
  InvoiceNext,
  InvoiceState,
  MailState,
  PausedFor,
  PromiseKind,
  ReadingFinding,
  ReadingNext,
  ReadingReason,
  ReadingState,
  RequestState,
  StepBy,
} from './api/types'

/**
 * What the server says in Chinese of its own, by the code that it sends beside it. Each table is of the type of its
 * codes, so that a code without English is a type error.
 */
const requestStates: Readonly<Record<RequestState, string>> = {
  submitted: 'Sent, waiting to be taken up',
  accepted: 'Taken up, being arranged',
  dispatched: 'A worker is arranged',
  'on-the-way': 'The worker is on the way',
  'on-site': 'The worker is on site',
  'on-hold': 'On hold',
  resolved: 'Done, please confirm',
  closed: 'Closed',
  returned: 'Being arranged anew',
  merged: 'Handled with the same problem nearby',
  cancelled: 'Withdrawn',
}

/** By the kind of a step; what staff wrote stands below it as it was written. */
const steps: Readonly<Record<string, string>> = {
  submitted: 'Sent',
  'move:accept': 'Taken up, being arranged',
  'move:return': 'Being arranged anew',
  'move:dispatch': 'A worker is arranged',
  'move:set-out': 'The worker has set out',
  'move:arrive': 'The worker has arrived',
  'move:hold': 'On hold',
  'move:resume': 'Going on',
  'move:resolve': 'Done, please confirm',
  'move:close': 'Closed',
  'move:cancel': 'Withdrawn',
  'move:reopen': 'Opened again',
  'move:merge': 'Handled with the same problem nearby',
  'move:join': 'Joined to an outage notice',
  'move:restore': 'Supply is back, closed',
  'move:split': 'Handled by itself again',
  'move:merged': 'The same problem is handled again',
  'move:resolved': 'Done, please confirm',
  'move:closed': 'Closed',
  words: 'More was said',
  urged: 'Urged',
  rated: 'Rated',
  reply: 'Answered',
  'rating-reply': 'Your rating was answered',
  'urge-answered': 'Your urging was answered',
  note: 'Note',
  survey: 'Asked again after four weeks',
  appointment: 'Visit time',
  'follow-up': 'A further request',
  reading: 'Measured',
  charge: 'On-site charge',
}

const stepBy: Readonly<Record<Exclude<StepBy, 'worker'>, string>> = { me: 'Me', desk: 'Customer service' }

const promises: Readonly<Record<PromiseKind, (when: string) => string>> = {
  accept: (when) => `Taken up by ${when}`,
  arrive: (when) => `Somebody comes by ${when}`,
  restore: (when) => `Repaired by ${when}`,
  reply: (when) => `Answered by ${when}`,
}

const paused: Readonly<Record<PausedFor, string>> = {
  customer: 'waiting for a time that suits you',
  parts: 'waiting for parts',
  weather: 'waiting for the weather',
  hold: 'on hold',
  outage: 'supply is out, we tell you when it is back',
  merged: 'handled with the same problem nearby',
}

const readingStates: Readonly<Record<ReadingState, string>> = {
  adopted: 'Accepted',
  doubtful: 'To be checked',
  rejected: 'Not accepted',
  replaced: 'Replaced',
}

const findings: Readonly<Record<ReadingFinding, string>> = {
  backwards: 'less than the last reading',
  zero: 'the same as last time, nothing used',
  low: 'much less than usual',
  high: 'much more than usual',
  rollover: 'the counter has gone round to 0, counted as one round',
  below_estimate: 'less than the company’s estimate; yours counts',
  thin: 'too few earlier readings to compare with',
}

const reasons: Readonly<Record<ReadingReason, string>> = {
  meter_changed: 'the meter was changed',
  last_wrong: 'the last reading was wrong',
  estimated_high: 'the last estimate was too high',
  other: 'another reason',
}

const readingNext: Readonly<Record<ReadingNext, string>> = {
  replaced: 'A later reading has replaced this one.',
  rejected: 'This reading was not accepted.',
  visit: 'Somebody will come to check it; we tell you the result.',
  check: 'Our staff will check it; we tell you the result.',
  corrected: 'The company has corrected the bill by your reading.',
  'next-bill': 'The new bill goes on from your reading.',
  refused: 'The billing system has not taken it yet. Our staff see to it; you need not report it again.',
  'told-waits': 'Passed on to the company. We tell you when the corrected bill is here.',
  'telling-waits': 'Being passed on to the company. We tell you when the corrected bill is here.',
  told: 'Passed on to the company; the next bill goes by it.',
  telling: 'Being passed on to the company; the next bill goes by it.',
}

const heatCases: Readonly<Record<HeatCaseState, string>> = {
  open: 'Being measured',
  final: 'Waiting for you to confirm',
  agreed: 'You have agreed; being reviewed',
  objected: 'You have objected; waiting for an answer',
  'half-approved': 'Reviewed once; a second person reviews it',
  approved: 'Refund approved',
  closed: 'Closed',
}

const invoiceStates: Readonly<Record<InvoiceState, string>> = {
  issuing: 'Being issued',
  issued: 'Issued',
  failed: 'Not issued',
  cancelling: 'Being cancelled',
  cancelled: 'Cancelled',
}

const invoiceNext: Readonly<Record<InvoiceNext, string>> = {
  issuing: 'The tax platform is issuing it, mostly within minutes. We tell you; you need not ask again.',
  'issuing-to-cancel': 'The money was given back; once issued, this invoice is cancelled by itself.',
  'making-file': 'The file is being made and can be downloaded soon.',
  failed:
    'The tax platform did not issue it. Please check the title and the tax number and ask again, or call us.',
  'buyer-must-confirm':
    'The buyer has already booked this invoice. Please confirm the cancellation on the tax platform first.',
  cancelling: 'It is being cancelled and will then be void.',
  'cancelled-refunded':
    'The money was given back and this invoice is void. What was not given back can be invoiced again.',
  cancelled: 'This invoice is void; you can ask for a new one.',
}

const mails: Readonly<Record<MailState, (to: string) => string>> = {
  waiting: (to) => `Waiting to be sent to ${to}`,
  sent: (to) => `Sent to ${to}`,
  unknown: (to) => `Perhaps sent to ${to}; send it again if it did not come`,
  failed: (to) => `Not sent to ${to}`,
}

/** What messages are called; what they say stays as it was sent. */
const messages: Readonly<Record<string, string>> = {
  announcement: 'Announcement',
  'chat-reply': 'Customer service has answered',
  'family-acted': 'Your family did something for you',
  'heat-refund': 'Cold home and refund',
  'heat-supply': 'Stopping and restoring heating',
  'household-paid': 'Somebody paid for your home',
  'invoice-progress': 'Your invoice',
  'message-rest': 'Messages cannot be sent',
  'outage-cancelled': 'Outage cancelled',
  'outage-correction': 'Correction',
  'outage-emergency': 'Emergency outage',
  'outage-extended': 'Outage takes longer',
  'outage-planned': 'Planned outage',
  'outage-restored': 'Supply is back',
  'outage-test': '[Test] Outage notice',
  'payment-refunded': 'Payment given back',
  'payment-success': 'Payment received',
  'reading-decided': 'Your reading was checked',
  'reading-joined': 'Bill corrected by the real reading',
  'reading-missing': 'Please report your meter',
  'request-charge': 'On-site service to pay',
  'request-progress': 'Progress of your request',
  'request-urge-answered': 'Your urging was answered',
  'sms-budget-warning': 'Budget for text messages',
  'staff-alert': 'Something to handle',
  'survey-four-weeks': 'Is everything still fine?',
  'usage-alert': 'High use',
  'visit-tomorrow': 'Visit tomorrow',
}

export const byCode = {
  requestStates,
  steps,
  stepBy,
  promises,
  paused,
  readingStates,
  findings,
  reasons,
  readingNext,
  readAgain: (until: string) => ` You can report again until ${until}.`,
  heatCases,
  invoiceStates,
  invoiceNext,
  failure: (text: string) => ` The platform said: ${text}`,
  mails,
  messages,
  late: 'later than expected, still being repaired',
  disputed:
    'What was paid does not match the order. Our staff are checking it; please do not pay again, and call us if it is urgent.',
} as const
