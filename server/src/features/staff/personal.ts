import type { PersonalData } from '../../core/personal/declare'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { findBothWallets, saveAccount, savePresence } from './account-store'
import {
  staffAccountTable,
  staffBindCodeTable,
  staffChallengeTable,
  staffGuardTable,
  staffPasswordTable,
  staffSessionTable,
  staffSetUpTable,
  staffTeamTable,
} from './entities'

const OFFICE = '本人；账号管理员'
const NOBODY = '没有人看'
const KEEP = { act: 'keep', why: '是员工的账号，不是居民的' } as const

/** Those at work. A resident's leaving touches nothing here but a wallet that was bound. */
export const staffPersonal: PersonalData<Ctx> = {
  feature: 'staff',
  tables: [
    {
      table: staffAccountTable,
      says: '员工账号绑定的微信',
      of: [{ column: 'walletResidentId', is: 'resident' }],
      why: '员工登录、派工、留痕',
      basis: 'staff',
      kept: '在职期间；停用后随审计保存',
      seen: OFFICE,
      refs: 'walletResidentId',
      staff: 'loginName name phoneSealed roles companies areaIds teamId skills presence lastSeenAt',
      secret: 'passwordHash totpSealed totpStep seal',
      plain: 'id state passwordSetAt mustChangePassword createdAt updatedAt',
      end: { act: 'own', why: '解开绑定，员工账号留着' },
    },
    {
      table: staffSessionTable,
      says: '员工登录记录',
      of: [],
      why: '保持登录，发现别人登录',
      basis: 'staff',
      kept: '过期后按审计要求',
      seen: OFFICE,
      staff: 'staffId ip agent lastSeenAt',
      secret: 'tokenHash',
      plain: 'id createdAt expiresAt endedAt',
      end: KEEP,
    },
    {
      table: staffPasswordTable,
      says: '员工用过的密码',
      of: [],
      why: '不重复使用旧密码',
      basis: 'staff',
      kept: '最近五个',
      seen: NOBODY,
      staff: 'staffId',
      secret: 'passwordHash',
      plain: 'id setAt',
      end: KEEP,
    },
    {
      table: staffChallengeTable,
      says: '员工登录的第二步',
      of: [],
      why: '双因素登录',
      basis: 'staff',
      kept: '几分钟',
      seen: NOBODY,
      staff: 'staffId',
      secret: 'tokenHash secretSealed',
      plain: 'triesLeft expiresAt usedAt',
      end: KEEP,
    },
    {
      table: staffBindCodeTable,
      says: '员工绑定微信的码',
      of: [],
      why: '把微信绑到员工账号',
      basis: 'staff',
      kept: '几分钟',
      seen: NOBODY,
      staff: 'staffId',
      secret: 'codeHash',
      plain: 'expiresAt usedAt',
      end: KEEP,
    },
    {
      table: staffTeamTable,
      says: '班组',
      of: [],
      why: '派工',
      basis: 'staff',
      kept: '班组在就在',
      seen: OFFICE,
      staff: 'leadId',
      plain: 'id companyId name areaIds createdAt updatedAt',
      end: KEEP,
    },
    {
      table: staffGuardTable,
      says: '登录失败次数',
      of: [],
      why: '防止猜密码',
      basis: 'duty',
      kept: '锁定期间',
      seen: NOBODY,
      secret: 'guardKey',
      plain: 'tries since lockedUntil',
      end: KEEP,
    },
  ],
  impersonal: { [staffSetUpTable.name]: 'id codeHash expiresAt usedAt' },
  endOwn: (ctx, { residentIds }) =>
    inTransaction(ctx, async (tx) => {
      for (const id of residentIds)
        for (const account of await findBothWallets(tx, id, id)) {
          await saveAccount(tx, ctx, { ...account, walletResidentId: null })
          await savePresence(tx, account.id, 'offline')
        }
    }),
}
