import { auditTable } from '../audit'
import { auditHeadTable } from '../audit-chain'
import type { CoreCtx } from '../context'
import { residentActTable } from '../http/acts'
import { jobTable, scheduleTable } from '../jobs/table'
import type { PersonalData } from './declare'

/** What the core itself keeps that tells of people. */
export const corePersonal: PersonalData<CoreCtx> = {
  feature: 'core',
  tables: [
    {
      table: residentActTable,
      says: '提交过的操作',
      of: [{ column: 'residentId', is: 'resident' }],
      why: '同一次提交只办一次',
      basis: 'contract',
      kept: '7天',
      keep: { by: 'startedAt', days: () => 8, act: 'own' },
      seen: '没有人看；程序用来认出重复提交',
      shown: 'operation:操作 startedAt:开始时间 doneAt:完成时间',
      refs: 'id residentId clientId',
      secret: 'inputHash answerSealed',
      end: { act: 'delete' },
    },
    {
      table: auditTable,
      says: '操作留痕',
      of: [],
      why: '网络日志至少留存六个月；谁做了什么可以查清',
      basis: 'duty',
      kept: '长期；删除会使链条断开，里面只有编号和地址，没有姓名电话',
      seen: '审计员',
      refs: 'actor object ip',
      plain: 'id at requestId action detail outcome mac sequence hash',
      end: { act: 'keep', why: '网络安全法要求留存网络日志不少于六个月' },
    },
    {
      table: jobTable,
      says: '后台任务',
      of: [],
      why: '答应的事隔一会儿也会办',
      basis: 'contract',
      kept: '办完7天',
      seen: '没有人看',
      refs: 'payload dedupe',
      plain: 'id job state runAt token attempts lastError createdAt doneAt',
      end: { act: 'keep', why: '只有编号，办完7天后自动删除' },
    },
  ],
  impersonal: {
    [auditHeadTable.name]: 'id sequence hash mac checkedTo checkedAt',
    [scheduleTable.name]: 'name nextRunAt token',
  },
}
