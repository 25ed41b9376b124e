import type { Contract, OperationName } from '@yihu/contract'
import { mainEnglish } from '../language/english'
import { inEnglish } from '../language/spoken'

/** Every write that somebody signed in may do; what a client sends by itself is none. */
export type ResidentWrite = {
  [N in OperationName]: Contract[N] extends { isPulse: true }
    ? never
    : Contract[N] extends { method: 'POST'; auth: 'resident' | 'person' }
      ? N
      : never
}[OperationName]

/**
 * Which acts wait for the network, by the words that residents know them by. Null is for what must not come true
 * later, when nobody looks: money, codes that live for minutes, places that are held now, answers that are the whole
 * point, and what has a queue of its own. An operation that is missing here fails the type check.
 */
const waits = {
  'readings.submit': '报读数',
  'requests.submit': '提交诉求',
  'requests.add': '补充说明',
  'requests.urge': '催办',
  'requests.cancel': '撤销诉求',
  'requests.rate': '评价',
  'requests.reopen': '重新打开诉求',
  'requests.follow': '跟进同一问题',
  'requests.changeAppointment': '改上门时间',
  'requests.answerSurvey': '回访回答',
  'requests.answerRestored': '恢复供应的回答',
  'households.bind': '绑定户号',
  'households.unbind': '解绑户号',
  'households.setDefault': '设为默认户号',
  'codes.bind': '绑定户号',
  'messages.setSwitch': '消息开关',
  'messages.confirmEmail': '设置邮箱',
  'notices.subscribe': '通知我',
  'notices.unsubscribe': '不再通知',
  'heating.applySupply': '停供复热申请',
  'heating.withdrawSupply': '撤回申请',
  'heating.agreeCase': '确认退费金额',
  'heating.objectCase': '对退费金额的异议',
  'residents.saveSettings': '显示设置',
  'knowledge.rate': '评价文章',
  'chat.rate': '评价客服',
  'chat.leaveWords': '给客服留言',
  'outlets.cancelTicket': '退号',
  'heating.applyStopRefund': '停暖退费申请',
  'invoices.saveTitle': '保存发票抬头',
  'invoices.removeTitle': '删除发票抬头',
  'invoices.request': '开发票',
  'invoices.mail': '把发票发到邮箱',
  'family.removeMember': '移出成员',
  'family.setRole': '改成员身份',
  'family.revokeInvite': '收回邀请',
  'family.answerProxy': '代办的答复',
  'family.endProxy': '结束代办',
  'family.renewProxy': '延长代办',
  'privacy.decideConsent': '同意设置',
  'privacy.askCopy': '要一份我的数据',
  'privacy.withdrawClosure': '不注销了',
  'sessions.endOne': '退出一台设备',

  // Money never moves later by itself.
  'payments.start': null,
  'payments.check': null,
  'payments.cancel': null,
  // Codes and wallet proofs live for minutes; whoever comes later asks for a new one.
  'households.sendBindCode': null,
  'codes.sendBindCode': null,
  'messages.sendEmailCode': null,
  'residents.linkPhone': null,
  'staff.bindWallet': null,
  'family.sendProxyCode': null,
  'family.proxyByCode': null,
  'scans.open': null,
  'scans.confirm': null,
  'scans.refuse': null,
  // The answer is what was wanted: a link to pass on, a file, a proof with its code.
  'family.inviteMember': null,
  'family.askProxy': null,
  'family.joinHome': null,
  'papers.makeProof': null,
  'privacy.takeCopy': null,
  // An account ends only while its owner looks on.
  'privacy.askClosure': null,
  // A place that is held, a number in a queue, a visit: now or never.
  'slots.hold': null,
  'slots.release': null,
  'outlets.takeTicket': null,
  'codes.visit': null,
  // Whoever leaves wants to be gone now; whoever looks on would be told wrongly.
  'sessions.end': null,
  'sessions.endAll': null,
  // Queues of their own (upload/queue.ts, chat/sender.ts, state/portal.ts), or a live talk.
  'files.begin': null,
  'files.finish': null,
  'files.discard': null,
  'chat.send': null,
  'chat.open': null,
  'chat.close': null,
  'chat.toPerson': null,
  'chat.recall': null,
  'chat.mailTranscript': null,
  'consents.record': null,
  // Comes true by itself at the next look.
  'messages.markRead': null,
  'messages.recordSubscription': null,
} as const satisfies Readonly<Record<ResidentWrite, string | null>>

type Waits = typeof waits
/** The acts that wait. */
export type WaitingName = { [N in ResidentWrite]: Waits[N] extends string ? N : never }[ResidentWrite]

/** What an act that waits is called; null for what does not wait. */
export function waitingTitle(name: string): string | null {
  const title = waits[name as ResidentWrite] ?? null
  if (title === null || !inEnglish()) return title
  return mainEnglish()?.waitsInEnglish[name as WaitingName] ?? title
}
