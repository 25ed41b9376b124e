import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { seedDemoStaff } from '../staff'
import { searchKnowledge } from './search-knowledge'
import { searchAnswers } from './search-answers'
import { seedDemoKnowledge, shippedArticles } from './seed-demo-knowledge'

/** What residents of the demo ask, in their words, and the title that must come first. */
const ASKED: readonly (readonly [string, string, string])[] = [
  ['heating', '暖气不热', '暖气不热怎么办'],
  ['heating', 'nuanqi bure', '暖气不热怎么办'],
  ['heating', 'nuanqibure', '暖气不热怎么办'],
  ['heating', '暧气不热', '暖气不热怎么办'],
  ['heating', '暖汽不热', '暖气不热怎么办'],
  ['heating', '我家暖气从昨天晚上开始就不热了，家里还有老人和孩子，能不能快点派人来看看', '暖气不热怎么办'],
  ['heating', '家里不怎么热', '暖气不热怎么办'],
  ['heating', '室温多少算达标', '室内温度多少度算合格'],
  ['heating', '18℃', '室内温度多少度算合格'],
  ['heating', '退热费', '温度不达标怎么退费'],
  ['heating', '不想用暖气了', '怎么报停（停供）'],
  ['heating', '停暖', '怎么报停（停供）'],
  ['heating', '开栓', '开栓、恢复用热怎么办'],
  ['heating', '滞纳金', '热费怎么算、什么时候缴'],
  ['heating', '跑水了', '暖气漏水怎么办'],
  ['heating', '电子发飘', '发票和收据'],
  ['heating', '更名', '过户（更名）怎么办'],
  ['heating', '师傅啥时候来', '报修进度在哪里看'],
  ['gas', '煤气味', '闻到燃气味怎么办'],
  ['gas', '没气了', '家里没气怎么办'],
  ['gas', '安全检查', '燃气安检'],
  ['gas', 'anjian', '燃气安检'],
  ['gas', '天燃气第二档多少钱', '阶梯气价怎么算'],
  ['gas', '上报读数', '怎么自己报表数'],
  ['gas', '一户一码', '户号在哪里、怎么绑定'],
  ['gas', '交了费怎么还不来气', '欠费停气了，怎么恢复'],
  ['power', '没电了', '家里停电了怎么办'],
  ['power', '交了电费多久来电', '欠费停电，多久能复电'],
  ['power', 'jieti dianjia', '阶梯电价怎么算'],
  ['power', '电费突然高', '电费突然高了，先看这几处'],
  ['power', '冰箱烧坏了赔吗', '电器被烧坏，怎么办'],
  ['power', '电车桩怎么装', '充电桩报装'],
  ['water', '污水处理费是啥', '水费里的几项钱是什么'],
  ['water', '水发黄', '水发黄、发浑、有味怎么办'],
  ['water', '没水了', '家里没水怎么办'],
  ['water', '水表读数怎么报', '怎么自己报水表读数'],
]

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
    await seedDemoStaff(demo())
  })
  afterAll(() => app.close())
  const demo = () => ({ ...app.ctx(), config: { ...app.config, environment: 'demo' as const } })

  test('the demo knows ten answers at least for every kind of company, made once', async () => {
    expect(await seedDemoKnowledge(app.ctx())).toBeNull()
    const made = (await seedDemoKnowledge(demo())) ?? 0
    expect(await seedDemoKnowledge(demo())).toBeNull()
    const kinds = app.config.companies.map(({ kind }) => kind)
    expect(made).toBe(kinds.flatMap((kind) => shippedArticles(kind)).length)
    for (const kind of kinds)
      expect(shippedArticles(kind).filter(({ name }) => !name.startsWith('internal')).length).toBeGreaterThan(
        9,
      )
  })

  test.each(ASKED)('%s: %s finds %s', async (companyId, q, title) => {
    const { items } = await searchAnswers(app.ctx(), { companyId, q, limit: 3 })
    expect(items[0]?.title).toBe(title)
  })

  test('whoever is cold reads what to do, how to have it measured and what is paid back: three answers', async () => {
    const { items } = await searchAnswers(app.ctx(), { companyId: 'heating', q: '暖气不热', limit: 3 })
    expect(items.map(({ title }) => title)).toEqual([
      '暖气不热怎么办',
      '怎么申请上门测温',
      '温度不达标怎么退费',
    ])
  })

  test('a leak is no question of bills, although both speak of heating', async () => {
    const { items } = await searchAnswers(app.ctx(), { companyId: 'heating', q: '暖气漏水', limit: 3 })
    expect(items.map(({ title }) => title)).toEqual(['暖气漏水怎么办'])
  })

  test.each(['我想吃火锅', '今天股票涨了吗', '(a+)+$', '!!!', '怎么办', '嗯嗯', 'zzzzqqqq'])(
    'nothing is made up for %s',
    async (q) => {
      expect((await searchAnswers(app.ctx(), { q, limit: 3 })).items).toEqual([])
    },
  )

  test('cases and templates are found at the desk and by no resident', async () => {
    const ask = { companies: ['heating'], q: '答复模板 不热', limit: 10 }
    const atDesk = await searchKnowledge(app.ctx(), { ...ask, audience: 'all' })
    expect(atDesk.map(({ kind }) => kind)).toContain('template')
    const outside = await searchKnowledge(app.ctx(), { ...ask, audience: 'public' })
    expect(outside.map(({ kind }) => kind).filter((kind) => kind !== 'article' && kind !== 'qa')).toEqual([])
  })
})
