import type { SignedInStaff } from '../../core/context'
import type { StaffRole } from './schema'

/** Everybody who is signed in, whatever their roles: their own session, password and wallet. */
const EVERYONE: readonly StaffRole[] = [
  'agent',
  'dispatcher',
  'worker',
  'publisher',
  'finance',
  'supervisor',
  'security-admin',
  'auditor',
]
const DESK: readonly StaffRole[] = ['agent', 'dispatcher', 'supervisor']
const SENDERS: readonly StaffRole[] = ['dispatcher', 'supervisor']
const PUBLISHERS: readonly StaffRole[] = ['publisher', 'supervisor']
const NOTICE_READERS: readonly StaffRole[] = ['agent', 'dispatcher', 'publisher', 'supervisor']
/** Who answers for the books. */
const KEEPERS: readonly StaffRole[] = ['finance', 'supervisor']
/** Who looks after cold homes: those who send somebody, and those who pay back. */
const HEATERS: readonly StaffRole[] = ['agent', 'dispatcher', 'finance', 'supervisor']
/** Who talks with residents, in writing or on the telephone. */
const TALKERS: readonly StaffRole[] = ['agent', 'supervisor']
const KNOWERS: readonly StaffRole[] = ['agent', 'dispatcher', 'publisher', 'supervisor']
const EXPERTS: readonly StaffRole[] = ['agent', 'dispatcher', 'supervisor']

/**
 * The one table of who may call what: operation → roles. Every operation whose `auth` is `staff` or `worker` has a
 * line here, and one that has none is nobody's; server/src/staff-permissions.test.ts fails where a line is missing
 * or names no operation. `security-admin` has no line that shows a resident's data, and nobody but the auditor
 * reads the audit (等保 8.1.4.2).
 */
export const permissions = {
  'staff.me': EVERYONE,
  'staff.signOut': EVERYONE,
  'staff.setPresence': EVERYONE,
  'staff.changePassword': EVERYONE,
  'staff.enrolSecondFactor': EVERYONE,
  'staff.sessions': EVERYONE,
  'staff.endSession': EVERYONE,
  'staff.unbindWallet': EVERYONE,
  // For oneself; a supervisor or security administrator also for somebody else (make-bind-code.ts).
  'staff.makeBindCode': EVERYONE,
  'staff.list': ['security-admin', 'supervisor'],
  'staff.create': ['security-admin'],
  'staff.update': ['security-admin'],
  'staff.setState': ['security-admin'],
  'staff.resetPassword': ['security-admin'],
  'teams.list': [...DESK, 'worker', 'security-admin'],
  'teams.save': ['supervisor', 'security-admin'],
  // Whoever reads a table may take what it shows, and it is written down.
  'staff.noteCsv': EVERYONE,
  // Whoever answers for personal data (个人信息保护负责人): the register, retention and what was asked name nobody.
  'privacyDesk.readRegister': ['security-admin', 'auditor', 'supervisor'],
  'privacyDesk.readRetention': ['security-admin', 'auditor', 'supervisor'],
  'privacyDesk.listAsked': ['security-admin', 'auditor', 'supervisor'],
  'audit.list': ['auditor'],
  'audit.verify': ['auditor'],

  'troubles.list': KEEPERS,
  'troubles.counts': KEEPERS,
  'troubles.resolve': KEEPERS,
  'troubles.retryPosting': KEEPERS,
  'troubles.retryRefund': KEEPERS,
  'troubles.retryJob': KEEPERS,

  'familyDesk.readHousehold': TALKERS,
  'familyDesk.recordHandover': TALKERS,
  'familyDesk.withdrawHandover': ['supervisor'],
  'familyDesk.stopProxy': TALKERS,
  'heating.listCases': HEATERS,
  'heating.readCase': HEATERS,
  'heating.approveCase': KEEPERS,
  'heating.returnCase': KEEPERS,
  'heating.listSupplies': HEATERS,
  'heating.planSupplyFor': DESK,
  'heating.applySupplyFor': DESK,
  'heating.decideSupply': [...KEEPERS, 'agent'],
  'heating.listLedger': KEEPERS,

  'invoiceDesk.list': [...KEEPERS, 'agent'],
  'invoiceDesk.get': [...KEEPERS, 'agent'],
  'invoiceDesk.link': [...KEEPERS, 'agent'],
  'invoiceDesk.retry': KEEPERS,
  'invoiceDesk.redLetter': KEEPERS,

  'files.judge': DESK,

  'households.markHousehold': [...DESK, 'publisher'],
  'areas.list': [...DESK, 'publisher', 'security-admin'],

  'catalogue.versions': [...DESK, 'security-admin'],
  'catalogue.get': [...DESK, 'security-admin'],
  'catalogue.save': ['supervisor', 'security-admin'],
  'slots.plan': DESK,
  'slots.save': SENDERS,

  'desk.list': DESK,
  'desk.counts': DESK,
  'desk.get': DESK,
  'desk.look': DESK,
  'desk.move': DESK,
  'desk.bulk': DESK,
  'desk.note': DESK,
  'desk.reply': DESK,
  'desk.judgeWords': DESK,
  'desk.check': DESK,
  'desk.slots': DESK,
  'desk.holdVisit': DESK,
  'desk.bookVisit': DESK,
  'desk.cancelVisit': DESK,
  'desk.classify': DESK,
  'desk.create': DESK,
  'desk.merge': SENDERS,
  'desk.split': SENDERS,
  'desk.link': DESK,
  'desk.linkNotice': DESK,
  'desk.showCallPhone': NOTICE_READERS,
  'desk.unmask': DESK,
  'desk.findHousehold': DESK,
  'desk.export': SENDERS,
  'desk.exports': SENDERS,
  // Never the asker (decide-export.ts).
  'desk.decideExport': ['supervisor'],
  'desk.takeExport': SENDERS,
  'views.list': DESK,
  'views.save': DESK,
  'replies.list': DESK,
  'replies.save': SENDERS,

  'dispatch.suggest': SENDERS,
  // A worker only within the team that they lead (assign-request.ts).
  'dispatch.assign': [...SENDERS, 'worker'],
  'dispatch.recall': SENDERS,
  'dispatch.offers': [...SENDERS, 'worker'],
  'map.read': SENDERS,
  'help.list': EXPERTS,
  'help.read': EXPERTS,
  'help.answer': EXPERTS,

  'notices.deskList': NOTICE_READERS,
  'notices.deskGet': NOTICE_READERS,
  'notices.progress': NOTICE_READERS,
  'notices.reliability': NOTICE_READERS,
  'notices.calls': NOTICE_READERS,
  'notices.tickCall': NOTICE_READERS,
  'notices.saveDraft': PUBLISHERS,
  'notices.discard': PUBLISHERS,
  'notices.preview': PUBLISHERS,
  'notices.readPreview': PUBLISHERS,
  'notices.areas': PUBLISHERS,
  'notices.areasInShape': PUBLISHERS,
  'notices.baseMap': PUBLISHERS,
  'notices.testSend': PUBLISHERS,
  'notices.submit': PUBLISHERS,
  // Never the one who made it (approve-notice.ts).
  'notices.approve': PUBLISHERS,
  'notices.refuse': PUBLISHERS,
  'notices.stop': PUBLISHERS,
  'notices.correct': PUBLISHERS,
  'notices.extend': PUBLISHERS,
  'notices.restore': PUBLISHERS,
  'notices.cancel': PUBLISHERS,
  'notices.suggestions': [...PUBLISHERS, 'dispatcher'],
  'notices.dismissSuggestion': PUBLISHERS,
  'messages.report': ['publisher', 'supervisor', 'finance'],
  'messages.history': DESK,
  'messages.resume': ['supervisor'],

  'official.menu': ['publisher', 'supervisor'],
  'official.publishMenu': ['supervisor'],

  'knowledge.list': KNOWERS,
  'knowledge.find': KNOWERS,
  'knowledge.get': KNOWERS,
  'knowledge.save': KNOWERS,
  'knowledge.submit': KNOWERS,
  // Never the author (review-article.ts).
  'knowledge.review': PUBLISHERS,
  'knowledge.confirm': KNOWERS,
  'knowledge.retire': PUBLISHERS,
  'knowledge.import': PUBLISHERS,
  'knowledge.report': KNOWERS,
  'knowledge.readers': PUBLISHERS,
  'knowledge.synonyms': KNOWERS,
  'knowledge.saveSynonyms': PUBLISHERS,

  'chatDesk.list': TALKERS,
  'chatDesk.get': TALKERS,
  'chatDesk.messages': TALKERS,
  'chatDesk.find': TALKERS,
  'chatDesk.context': TALKERS,
  'chatDesk.send': TALKERS,
  'chatDesk.recall': TALKERS,
  'chatDesk.markRead': TALKERS,
  'chatDesk.typing': TALKERS,
  'chatDesk.take': TALKERS,
  'chatDesk.transfer': TALKERS,
  'chatDesk.close': TALKERS,
  'chatDesk.setHousehold': TALKERS,
  'chatDesk.makeRequest': TALKERS,
  'chatDesk.saveNote': TALKERS,
  'chatDesk.canned': TALKERS,
  'chatDesk.saveCanned': TALKERS,
  'seats.me': TALKERS,
  'seats.set': TALKERS,
  'seats.colleagues': TALKERS,
  'chatBoard.read': ['supervisor'],
  'chatReview.list': TALKERS,
  'chatReview.get': TALKERS,
  'chatReview.score': ['supervisor'],
  'chatReview.pick': ['supervisor'],

  'calls.mine': TALKERS,
  'calls.setExtension': TALKERS,
  'calls.get': TALKERS,
  'calls.list': TALKERS,
  'calls.takeBack': TALKERS,
  'calls.endBack': TALKERS,
  'calls.linkRequest': TALKERS,

  'codeDesk.list': NOTICE_READERS,
  'codeDesk.get': NOTICE_READERS,
  // Whoever is told that a code was misused stops this one at once; whole buildings are not theirs.
  'codeDesk.revoke': [...TALKERS, 'publisher'],
  'codeDesk.count': PUBLISHERS,
  'codeDesk.make': PUBLISHERS,
  'codeDesk.print': PUBLISHERS,
  'codeDesk.orders': PUBLISHERS,
  'codeDesk.cancelOrder': PUBLISHERS,
  'codeDesk.resumeOrder': PUBLISHERS,
  'codeDesk.takeFile': PUBLISHERS,
  'codeDesk.revokeArea': PUBLISHERS,

  // Whoever stands at a counter must know which outlets there are.
  'outletDesk.list': NOTICE_READERS,
  'outletDesk.save': PUBLISHERS,
  'outletDesk.import': PUBLISHERS,
  'outletDesk.queue': TALKERS,
  'outletDesk.callNext': TALKERS,
  'outletDesk.callAgain': TALKERS,
  'outletDesk.endTicket': TALKERS,
  'outletDesk.giveTicket': TALKERS,

  'readingDesk.list': DESK,
  'readingDesk.get': DESK,
  'readingDesk.decide': DESK,
  'readingDesk.report': DESK,

  'field.today': ['worker'],
  'field.sync': ['worker'],
  'field.grab': ['worker'],
  'field.setPresence': ['worker'],
  'field.setLocationConsent': ['worker'],
  'field.sendPlace': ['worker'],
  'field.askHelp': ['worker'],
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>

const table: Readonly<Record<string, readonly string[]>> = permissions

/**
 * Whether one of this person's roles may call the operation. Somebody without any role (whose password must be
 * changed first) may only do what everybody may.
 */
export function may(operation: string, staff: Pick<SignedInStaff, 'roles'>): boolean {
  const roles = Object.hasOwn(table, operation) ? table[operation] : undefined
  if (roles === undefined) return false
  return roles === EVERYONE || staff.roles.some((role) => roles.includes(role))
}

/** Every operation that somebody with these roles may call; the console shows only what is among them. */
export function operationsFor(staff: Pick<SignedInStaff, 'roles'>): string[] {
  return Object.keys(permissions).filter((operation) => may(operation, staff))
}
