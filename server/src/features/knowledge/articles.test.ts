import { DAY_MS } from '../../core/clock'
import { isAppError } from '../../core/errors'
import { buildReadyFile } from '../../testing/ready-file'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { confirmArticle } from './confirm-article'
import { findArticles } from './find-articles'
import { getArticle } from './get-article'
import { listArticles } from './list-articles'
import { readAnswer } from './read-answer'
import { retireArticle } from './retire-article'
import { reviewArticle } from './review-article'
import { saveArticle } from './save-article'
import { searchAnswers } from './search-answers'
import { findVersion } from './store'
import { submitArticle } from './submit-article'
import { AUTHOR, draftOf, publishArticle, REVIEWER } from './test-articles'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())
  const author = () => app.asStaff(AUTHOR, { roles: ['agent'], name: '王晓' })
  const reviewer = () => app.asStaff(REVIEWER, { roles: ['publisher'], name: '刘芳' })
  const titles = async (q: string, companyId = 'heating') =>
    (await searchAnswers(app.ctx(), { companyId, q, limit: 3 })).items.map(({ title }) => title)

  test('a draft is read by nobody until a second person has published it', async () => {
    const saved = await saveArticle(author(), draftOf(app))
    expect(saved.article).toMatchObject({ state: 'draft', liveVersion: null, newestVersion: 1 })
    expect(saved.may).toEqual(['save', 'submit'])
    const articleId = saved.article.id
    expect(await codeOf(readAnswer(app.ctx(), { articleId }))).toBe('not_found')
    expect(await titles('暖气不热')).toEqual([])
    const handed = await submitArticle(author(), { articleId, revision: saved.article.revision })
    const { revision } = handed.article
    const publish = { articleId, revision, verdict: 'publish' as const }
    expect(await codeOf(reviewArticle(app.asStaff(AUTHOR), publish))).toBe('own_article')
    const done = await reviewArticle(reviewer(), publish)
    expect(done.article).toMatchObject({ state: 'published', liveVersion: 1 })
    expect(done.versions[0]).toMatchObject({ by: '王晓', reviewedBy: '刘芳', publishedAt: app.clock.now() })
    expect(await readAnswer(app.ctx(), { articleId })).toMatchObject({
      title: '暖气不热怎么办',
      helpful: null,
    })
    expect(await titles('暖气不热')).toEqual(['暖气不热怎么办'])
  })

  test('whoever wrote on a draft at any time does not publish it, also when somebody else wrote last', async () => {
    const { article } = await saveArticle(reviewer(), draftOf(app))
    const articleId = article.id
    const again = await saveArticle(author(), {
      ...draftOf(app, { title: '暖气不热' }),
      articleId,
      revision: article.revision,
    })
    const handed = await submitArticle(author(), { articleId, revision: again.article.revision })
    const verdict = { articleId, revision: handed.article.revision, verdict: 'publish' as const }
    expect(await codeOf(reviewArticle(reviewer(), verdict))).toBe('own_article')
  })

  test('what is published never changes: a new version waits beside it, and then takes its place', async () => {
    const { articleId, revision } = await publishArticle(app, { body: '先看阀门。', audience: 'internal' })
    const before = await findVersion(app.ctx().db.reader, articleId, 1)
    const saved = await saveArticle(author(), {
      ...draftOf(app, { title: '暖气不热先看这里', body: '先排气。', audience: 'public' }),
      articleId,
      revision,
    })
    expect(saved.article).toMatchObject({
      state: 'draft',
      newestVersion: 2,
      liveVersion: 1,
      audience: 'internal',
    })
    expect(await findVersion(app.ctx().db.reader, articleId, 1)).toEqual(before)
    // What is internal does not become public by writing a draft.
    expect(await codeOf(readAnswer(app.ctx(), { articleId }))).toBe('not_found')
    expect((await findArticles(author(), { q: '暖气不热' })).items[0]).toMatchObject({
      title: '暖气不热怎么办',
    })
    await publishArticle(
      app,
      { title: '暖气不热先看这里', body: '先排气。' },
      { articleId, revision: saved.article.revision },
    )
    expect(await readAnswer(app.ctx(), { articleId })).toMatchObject({ body: '先排气。' })
    expect(await titles('暖气不热')).toEqual(['暖气不热先看这里'])
    const { versions } = await getArticle(author(), { articleId })
    expect(versions.map(({ version, retiredAt }) => [version, retiredAt])).toEqual([
      [2, null],
      [1, app.clock.now()],
    ])
    expect(await findVersion(app.ctx().db.reader, articleId, 1)).toEqual({
      ...before,
      retiredAt: app.clock.now(),
    })
  })

  test('two people who save the same article: the second is told, and nothing is lost', async () => {
    const { article } = await saveArticle(author(), draftOf(app))
    const change = { ...draftOf(app), articleId: article.id, revision: article.revision }
    const both = await Promise.all([
      codeOf(saveArticle(author(), { ...change, body: '一' })),
      codeOf(saveArticle(reviewer(), { ...change, body: '二' })),
    ])
    expect(both.sort()).toEqual(['article_changed', 'done'])
  })

  test('it comes back with a reason, and saving it takes it out of review', async () => {
    const { article } = await saveArticle(author(), draftOf(app))
    const articleId = article.id
    let { revision } = (await submitArticle(author(), { articleId, revision: article.revision })).article
    expect(await codeOf(reviewArticle(reviewer(), { articleId, revision, verdict: 'return' }))).toBe(
      'invalid_input',
    )
    const back = await reviewArticle(reviewer(), {
      articleId,
      revision,
      verdict: 'return',
      reason: '没写电话',
    })
    expect(back.article.state).toBe('draft')
    expect(back.versions[0]).toMatchObject({ returnedBecause: '没写电话', publishedAt: null })
    revision = (await submitArticle(author(), { articleId, revision: back.article.revision })).article
      .revision
    const saved = await saveArticle(author(), { ...draftOf(app), articleId, revision })
    expect(saved.article.state).toBe('draft')
    const late = { articleId, revision, verdict: 'publish' as const }
    expect(await codeOf(reviewArticle(reviewer(), late))).toBe('article_changed')
  })

  test('it is read and found only between its days', async () => {
    const now = app.clock.now()
    const { articleId } = await publishArticle(app, { validFrom: now + DAY_MS, validUntil: now + 2 * DAY_MS })
    const seen = async () => [await titles('暖气不热'), await codeOf(readAnswer(app.ctx(), { articleId }))]
    expect(await seen()).toEqual([[], 'not_found'])
    app.clock.advance(DAY_MS)
    expect(await seen()).toEqual([['暖气不热怎么办'], 'done'])
    app.clock.advance(DAY_MS)
    expect(await seen()).toEqual([[], 'not_found'])
    expect(await codeOf(saveArticle(author(), draftOf(app, { validFrom: now, validUntil: now })))).toBe(
      'invalid_input',
    )
  })

  test('taken away it is read by nobody, and can be published anew', async () => {
    const { articleId, revision } = await publishArticle(app)
    const gone = await retireArticle(reviewer(), { articleId, revision, reason: '政策变了' })
    expect(gone.article).toMatchObject({ state: 'retired', liveVersion: null })
    expect(gone.versions[0]).toMatchObject({ retiredBecause: '政策变了' })
    expect(await titles('暖气不热')).toEqual([])
    await publishArticle(app, {}, { articleId, revision: gone.article.revision })
    expect(await titles('暖气不热')).toEqual(['暖气不热怎么办'])
  })

  test('a review that is due is confirmed by its owner or by whoever could publish, and by nobody else', async () => {
    const { articleId, revision } = await publishArticle(app)
    app.clock.advance(200 * DAY_MS)
    const due = async () =>
      (await listArticles(author(), { due: true, limit: 20 })).items.map(({ id, reviewIsDue }) => [
        id,
        reviewIsDue,
      ])
    expect(await due()).toEqual([[articleId, true]])
    const reviewAt = app.clock.now() + 90 * DAY_MS
    const other = app.asStaff(app.ctx().ids.next(), { roles: ['agent'] })
    expect(await codeOf(confirmArticle(other, { articleId, revision, reviewAt }))).toBe('forbidden')
    expect(await codeOf(confirmArticle(author(), { articleId, revision, reviewAt: app.clock.now() }))).toBe(
      'invalid_input',
    )
    await confirmArticle(author(), { articleId, revision, reviewAt })
    expect(await due()).toEqual([])
  })

  test('one company’s knowledge is another’s neither to read, to find nor to list', async () => {
    const { articleId } = await publishArticle(app, { audience: 'internal' })
    const heating = app.asStaff(AUTHOR, {
      companies: ['heating'],
      areaPaths: ['01J9ZZZZZZZZZZZZZZZZZZZZZZ/'],
    })
    const gas = app.asStaff(AUTHOR, { companies: ['gas'] })
    expect((await findArticles(heating, { q: '暖气不热' })).items).toHaveLength(1)
    expect((await getArticle(heating, { articleId })).article.id).toBe(articleId)
    expect((await findArticles(gas, { q: '暖气不热' })).items).toEqual([])
    expect((await listArticles(gas, { limit: 20 })).items).toEqual([])
    expect(await codeOf(findArticles(gas, { q: '暖气', companyId: 'heating' }))).toBe('not_found')
    expect(await codeOf(getArticle(gas, { articleId }))).toBe('not_found')
    expect(await codeOf(saveArticle(gas, draftOf(app)))).toBe('not_found')
  })

  test('cases and templates are for people at work, whatever a draft says', async () => {
    expect(await codeOf(saveArticle(author(), draftOf(app, { kind: 'case' })))).toBe('invalid_input')
    await publishArticle(app, { kind: 'template', audience: 'internal', title: '不热答复模板' })
    expect(await titles('不热答复模板')).toEqual([])
    const found = await findArticles(author(), { q: '不热答复', kind: 'template' })
    expect(found.items).toMatchObject([{ kind: 'template', title: '不热答复模板' }])
    expect((await findArticles(author(), { q: '不热答复', kind: 'case' })).items).toEqual([])
  })

  test('types must be the company’s own, and the search of the desk goes by them', async () => {
    const typeIds = ['not-hot']
    expect(await codeOf(saveArticle(author(), draftOf(app, { companyId: 'gas', typeIds })))).toBe(
      'invalid_input',
    )
    await publishArticle(app, { typeIds })
    const found = async (typeId: string) =>
      (await findArticles(author(), { q: '暖气不热', typeId })).items.length
    expect([await found('not-hot'), await found('leak')]).toEqual([1, 0])
    const listed = async (typeId: string) =>
      (await listArticles(author(), { typeId, limit: 20 })).items.length
    expect([await listed('not-hot'), await listed('not'), await listed('leak')]).toEqual([1, 0, 0])
  })

  test('pictures are the article’s: another editor keeps them, and nobody takes another’s', async () => {
    const mine = await buildReadyFile(app, { kind: 'staff', id: AUTHOR })
    const theirs = await buildReadyFile(app, { kind: 'staff', id: REVIEWER })
    expect(await codeOf(saveArticle(author(), draftOf(app, { fileIds: [theirs] })))).toBe('not_found')
    const { article } = await saveArticle(author(), draftOf(app, { fileIds: [mine] }))
    const both = { ...draftOf(app, { fileIds: [mine, theirs] }), articleId: article.id }
    const saved = await saveArticle(reviewer(), { ...both, revision: article.revision })
    expect(saved.versions[0]?.files.map(({ fileId }) => fileId)).toEqual([mine, theirs])
  })

  test('a list goes on where it ended, newest change first', async () => {
    for (let at = 0; at < 5; at++) {
      app.clock.advance(1000)
      await saveArticle(author(), draftOf(app, { title: `第${at}篇` }))
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listArticles(author(), { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['第4篇', '第3篇', '第2篇', '第1篇', '第0篇'])
    expect(await codeOf(listArticles(author(), { limit: 2, cursor: 'nonsense' }))).toBe('invalid_input')
  })
})
