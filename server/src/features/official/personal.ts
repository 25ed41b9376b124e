import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { personIndexOf } from './account-person'
import { officialEventTable, officialMenuTable, officialMessageTable, officialTalkTable } from './entities'

const PERSON = { column: 'personIndex', is: 'official-person' } as const

export const officialPersonal: PersonalData<Ctx> = {
  feature: 'official',
  tables: [
    {
      table: officialMessageTable,
      says: '写给公众号的话',
      of: [PERSON, { column: 'residentId', is: 'resident' }],
      why: '回答您的问题',
      basis: 'contract',
      kept: '180天',
      keep: { by: 'id', days: (config) => config.official.keepDays + 1, act: 'own' },
      seen: '客服',
      shown: 'kind createdAt answered:自动回答',
      sealed: 'wordsSealed:内容',
      secret: 'personIndex openidSealed mediaId',
      refs: 'id residentId',
      plain: 'appId dueAt',
      end: { act: 'delete' },
    },
    {
      table: officialTalkTable,
      says: '公众号里的谈话',
      of: [PERSON],
      why: '正在和人说话时机器不插嘴',
      basis: 'contract',
      kept: '180天',
      keep: { by: 'updatedAt', days: (config) => config.official.keepDays + 1, act: 'own' },
      seen: '没有人看',
      shown: 'sessionFrom:从哪里来 updatedAt',
      secret: 'personIndex openidSealed',
      plain: 'appId isLive',
      end: { act: 'delete' },
    },
    {
      table: officialEventTable,
      says: '公众号的事件',
      of: [PERSON],
      why: '微信推来的事只办一次',
      basis: 'contract',
      kept: '7天',
      keep: { by: 'receivedAt', days: () => 8, act: 'own' },
      seen: '没有人看',
      shown: 'kind receivedAt:时间',
      secret: 'dedupe personIndex eventSealed about',
      plain: 'appId happenedAt answeringAt doneAt',
      end: { act: 'delete' },
    },
    {
      table: officialMenuTable,
      says: '公众号菜单谁发布的',
      of: [],
      why: '谁发布的说得清',
      basis: 'staff',
      kept: '长期',
      seen: '管公众号的员工',
      staff: 'byId byName',
      plain: 'id menu publishedAt',
      end: { act: 'keep', why: '是员工的工作记录' },
    },
  ],
  impersonal: {},
  keys: (ctx, { accounts }) =>
    Promise.resolve({
      'official-person': accounts
        .filter(({ provider }) => provider.startsWith('wechat'))
        .map(({ appId, subject }) => personIndexOf(ctx, { appId, openid: subject })),
    }),
}
