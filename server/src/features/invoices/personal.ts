import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { invoiceTable, itemTable, refundCursorTable, taskTable, titleTable } from './entities'

const RESIDENT = [{ column: 'residentId', is: 'resident' }] as const
const OF_INVOICE = [{ column: 'invoiceId', in: 'invoice', key: 'id' }] as const

export const invoicesPersonal: PersonalData<Ctx> = {
  feature: 'invoices',
  tables: [
    {
      table: invoiceTable,
      says: '电子发票',
      of: RESIDENT,
      why: '按您填的抬头开发票',
      basis: 'duty',
      kept: '发票和账务资料依法保存30年',
      seen: '本人；财务和客服员工（个人抬头遮住中间）',
      shown:
        'state about:开的是什么 netFen:不含税（元） taxFen:税额（元） totalFen:价税合计（元） remark:备注 invoiceNo:发票号码 issuedAt:开票时间 redNo:红字发票号码 redAt:冲红时间 failure:没有开成的原因 createdAt',
      sealed: 'buyerSealed:抬头',
      refs: 'id residentId',
      secret: 'fileName fileSha256 fileCipherSealed',
      plain: 'companyId buyerKind seller taxLines tries redReason redNote fileBytes version updatedAt',
      end: { act: 'keep', why: '发票依法保存（发票管理办法、会计档案管理办法），抬头是发票的一部分' },
    },
    {
      table: itemTable,
      says: '发票上的每一笔缴费',
      of: OF_INVOICE,
      why: '同一笔钱只开一次发票',
      basis: 'duty',
      kept: '和发票一样',
      seen: '本人；财务和客服员工',
      shown: 'accountNo:户号 title:账单 period:账期 amountFen:金额（元）',
      refs: 'invoiceId paymentId billId householdId',
      plain: 'slot',
      end: { act: 'keep', why: '发票依法保存' },
    },
    {
      table: taskTable,
      says: '发票邮件',
      of: OF_INVOICE,
      why: '把发票发到您填的邮箱',
      basis: 'contract',
      kept: '邮箱在邮件结束180天后清空',
      keep: {
        by: 'endedAt',
        days: ({ invoices }) => invoices.keepAddressDays,
        act: 'own',
        columns: 'toSealed',
      },
      seen: '本人看到遮住的邮箱；员工看不到',
      shown: 'kind:做什么 state createdAt endedAt:结束时间',
      sealed: 'toSealed:邮箱',
      refs: 'id invoiceId serial',
      plain: 'attempts nextAttemptAt lastCode',
      end: {
        act: 'blank',
        columns: 'toSealed',
        why: '开票的过程要留着对账，邮箱清空',
        unless: { where: 'endedAt IS NULL', why: '这封邮件正在发，发完再清空' },
      },
    },
    {
      table: titleTable,
      says: '您存的发票抬头',
      of: RESIDENT,
      why: '下次开票不用再填',
      basis: 'contract',
      kept: '到您删除或注销为止',
      seen: '只有本人',
      shown: 'kind:个人或单位 createdAt usedAt:上次用',
      sealed: 'sealed:抬头',
      refs: 'id residentId',
      secret: 'mark',
      plain: 'isDefault',
      end: { act: 'delete' },
    },
  ],
  impersonal: { [refundCursorTable.name]: 'name afterId' },
}
