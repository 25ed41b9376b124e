import { DAY_MS } from '../../core/clock'
import { buildResident } from '../../testing/factories'
import { buildAtWork } from '../../testing/at-work'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { findArticles } from './find-articles'
import { getArticle } from './get-article'
import { forgetCountsDaily } from './jobs'
import { listReaders } from './list-readers'
import { listSynonyms } from './list-synonyms'
import { listTopics } from './list-topics'
import { rateAnswer } from './rate-answer'
import { readAnswer } from './read-answer'
import { reportKnowledge } from './report-knowledge'
import { saveSynonyms } from './save-synonyms'
import { namelessWords } from './search/cut-words'
import { searchAnswers } from './search-answers'
import { countMiss, writeTally } from './tally'
import { AUTHOR, publishArticle, REVIEWER } from './test-articles'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())
  const report = (days = 30) => reportKnowledge(app.asStaff(AUTHOR), { companyId: 'heating', days })

  test('reads are counted, residents’ and colleagues’ apart, and written down by the next turn', async () => {
    const { articleId } = await publishArticle(app)
    for (let time = 0; time < 3; time++) await readAnswer(app.ctx(), { articleId })
    await getArticle(app.asStaff(REVIEWER), { articleId })
    expect((await report()).articles).toEqual([])
    await app.runJobs()
    app.clock.advance(DAY_MS)
    await readAnswer(app.ctx(), { articleId })
    await app.runJobs()
    expect((await report()).articles).toMatchObject([{ id: articleId, reads: 4, staffReads: 1 }])
    expect((await report(1)).articles).toMatchObject([{ reads: 4 }])
    app.clock.advance(40 * DAY_MS)
    expect((await report()).articles).toEqual([])
  })

  test('a person has one vote on an answer, and the last word counts, on whatever day', async () => {
    const { articleId } = await publishArticle(app)
    const ctx = app.asResident((await buildResident(app)).id)
    const counts = async () => {
      const [row] = (await report()).articles
      return [row?.helpful, row?.unhelpful]
    }
    await rateAnswer(ctx, { articleId, helpful: true })
    await rateAnswer(ctx, { articleId, helpful: true })
    expect(await counts()).toEqual([1, 0])
    app.clock.advance(DAY_MS)
    await rateAnswer(ctx, { articleId, helpful: false, words: '没写电话，我的是138 0013 8000' })
    expect(await counts()).toEqual([0, 1])
    expect(await readAnswer(ctx, { articleId })).toMatchObject({ helpful: false })
    const { remarks } = await report()
    expect(remarks).toMatchObject([{ articleId, helpful: false, words: '没写电话，我的是****' }])
    const kept = await app.ctx().db.reader.query('SELECT * FROM article_vote')
    expect(JSON.stringify(kept)).not.toContain('没写电话')
    await Promise.all([true, false].map((helpful) => rateAnswer(ctx, { articleId, helpful })))
    const [helpful = 0, unhelpful = 0] = await counts()
    expect(helpful + unhelpful).toBe(1)
  })

  test('what is looked for in vain is counted without names, places and numbers', async () => {
    await publishArticle(app)
    const ask = (q: string) => searchAnswers(app.ctx(), { companyId: 'heating', q, limit: 3 })
    await ask('水表冻裂')
    await ask('水表冻裂 13912345678')
    await ask('我叫张伟，水表冻裂')
    await ask('怎么办')
    await ask('暖气不热')
    await app.runJobs()
    const { misses } = await report()
    expect(misses.map(({ words, count }) => [words, count])).toEqual([['水表 冻裂', 3]])
    expect(misses[0]?.lastAt).toBe(app.clock.now())
    const gas = await reportKnowledge(app.asStaff(AUTHOR), { companyId: 'gas', days: 30 })
    expect(gas.misses).toEqual([])
  })

  test('one search through all companies in vain is one, for each of them and for whoever looks at all', async () => {
    await publishArticle(app)
    await searchAnswers(app.ctx(), { q: '水表冻裂', limit: 3 })
    await app.runJobs()
    const of = async (companyId?: string) =>
      (await reportKnowledge(app.asStaff(AUTHOR), { companyId, days: 30 })).misses.map(({ count }) => count)
    expect([await of(), await of('heating'), await of('gas')]).toEqual([[1], [1], [1]])
  })

  test.each([
    ['户号002100009999的王芳', ['0021', '王芳']],
    ['我的电话是139 1234 5678', ['139', '1234', '5678']],
    ['zhang@example.com 开票', ['zhang', 'example']],
    ['身份证11010119900101123X', ['1101']],
  ])('of %s nothing that names somebody is kept', (typed, never) => {
    const kept = namelessWords(typed)
    for (const piece of never) expect(kept).not.toContain(piece)
  })

  test('nobody fills the table of misses with nonsense', async () => {
    const things = [...'桌椅灯门窗墙柜床碗盆锅刀伞鞋帽衣裤袜书笔纸包车船马牛羊鸡鸭鱼虾蟹猫狗猪兔鼠虎']
    for (const one of things)
      for (const other of things) countMiss(app.ctx(), ['heating'], `${one}，${other}`)
    expect(await writeTally(app.ctx())).toBeGreaterThan(1000)
    countMiss(app.ctx(), ['heating'], '水表冻裂')
    await writeTally(app.ctx())
    const [row] = await app.ctx().db.reader.query<{ n: number }>('SELECT COUNT(*) AS n FROM search_miss')
    expect(Number(row?.n)).toBe(1000)
  })

  test('whoever of the company has read the published version is told from who has not', async () => {
    const reader = await buildAtWork(app, ['agent'], { companies: ['heating'] })
    await buildAtWork(app, ['agent'], { companies: ['gas'] })
    const { articleId, revision } = await publishArticle(app)
    const readers = () => listReaders(app.asStaff(REVIEWER), { articleId })
    expect((await readers()).missing).toHaveLength(1)
    await getArticle(app.asStaff(reader.id, { companies: ['heating'] }), { articleId })
    expect(await readers()).toMatchObject({ read: [{ version: 1, at: app.clock.now() }], missing: [] })
    await publishArticle(app, { body: '新的说法' }, { articleId, revision })
    expect(await readers()).toMatchObject({ read: [{ version: 1 }], missing: [expect.any(String)] })
  })

  test('the questions that are offered are those that residents read most, public ones alone', async () => {
    const first = await publishArticle(app, { title: '怎么报停' })
    const second = await publishArticle(app, { title: '室温多少合格' })
    await publishArticle(app, { title: '内部的', audience: 'internal' })
    await publishArticle(app, { title: '下个月的', validFrom: app.clock.now() + DAY_MS })
    for (let time = 0; time < 2; time++) await readAnswer(app.ctx(), { articleId: second.articleId })
    await readAnswer(app.ctx(), { articleId: first.articleId })
    await app.runJobs()
    const { items } = await listTopics(app.ctx(), { companyId: 'heating' })
    expect(items.map(({ title }) => title)).toEqual(['室温多少合格', '怎么报停'])
  })

  test('a company’s own synonyms are searched by at once, by it alone, until they are thrown away', async () => {
    for (const companyId of ['heating', 'gas'])
      await publishArticle(app, { companyId, title: '怎么申请减免' })
    const found = async (companyId: string) =>
      (await searchAnswers(app.ctx(), { companyId, q: '低保', limit: 3 })).items.length
    expect([await found('heating'), await found('gas')]).toEqual([0, 0])
    const heating = app.asStaff(REVIEWER, { companies: ['heating'] })
    const list = { synonymId: null, companyId: 'heating', words: ['低保', '减免'] }
    const { lists } = await saveSynonyms(heating, list)
    expect([await found('heating'), await found('gas')]).toEqual([1, 0])
    const synonymId = lists.find(({ id }) => id !== null)?.id ?? ''
    await saveSynonyms(heating, { ...list, synonymId, words: [] })
    expect(await found('heating')).toBe(0)
    await expect(saveSynonyms(heating, { ...list, companyId: null })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(saveSynonyms(heating, { ...list, companyId: 'gas' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const shipped = (await listSynonyms(heating)).lists
    expect(shipped.find(({ words }) => words.includes('暖气') && words.includes('供热'))?.id).toBeNull()
  })

  test('counts are forgotten when their time is over, and others stay', async () => {
    const { articleId } = await publishArticle(app)
    await readAnswer(app.ctx(), { articleId })
    await findArticles(app.asStaff(AUTHOR), { companyId: 'heating', q: '水表冻裂' })
    await app.runJobs()
    app.clock.advance(app.config.knowledge.keepDays * DAY_MS)
    await readAnswer(app.ctx(), { articleId })
    await app.runJobs()
    const left = async () => {
      const { reader } = app.ctx().db
      const days = await reader.query('SELECT day FROM article_day')
      return [days.length, (await reader.query('SELECT day FROM search_miss')).length]
    }
    expect(await left()).toEqual([2, 1])
    app.clock.advance(DAY_MS)
    await forgetCountsDaily.run(app.ctx(), new AbortController().signal)
    expect(await left()).toEqual([1, 0])
  })
})
