import { inTransaction } from '../../../core/db/database'
import { eachEngine, startApp, type TestApp } from '../../../testing/harness'
import { articleTable, type ArticleRow, articleVersionTable, type ArticleVersionRow } from '../entities'
import { madeArticle } from '../many-articles.fixture'
import { saveArticle } from '../save-article'
import { searchKnowledge } from '../search-knowledge'
import { findArticle, findVersion } from '../store'
import { AUTHOR, draftOf } from '../test-articles'
import { freshShelf } from './shelf'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())
  const found = async (q: string) =>
    (await searchKnowledge(app.ctx(), { companies: ['heating'], q, limit: 3, audience: 'public' })).map(
      ({ title }) => title,
    )
  /** As another process publishes: nobody tells this one. */
  const publishElsewhere = async (title: string, updatedAt: number) => {
    const { article } = await saveArticle(app.asStaff(AUTHOR), draftOf(app, { title }))
    await inTransaction(app.ctx(), async (tx) => {
      await tx.execute(
        "UPDATE article SET liveVersion = 1, state = 'published', revision = 2, updatedAt = ? WHERE id = ?",
        [updatedAt, article.id],
      )
      await tx.execute('UPDATE article_version SET publishedAt = ? WHERE articleId = ?', [
        updatedAt,
        article.id,
      ])
    })
    return article.id
  }

  test('what another process publishes is found within a second, also when its clock is behind', async () => {
    expect(await found('怎么报停')).toEqual([])
    await publishElsewhere('怎么报停', app.clock.now())
    await publishElsewhere('报停要多少钱', app.clock.now() - 10_000)
    app.clock.advance(1000)
    expect((await found('怎么报停')).sort()).toEqual(['怎么报停', '报停要多少钱'].sort())
  })

  test('what another process takes away is shown no more at once', async () => {
    const id = await publishElsewhere('怎么报停', app.clock.now())
    expect(await found('怎么报停')).toEqual(['怎么报停'])
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('UPDATE article SET liveVersion = NULL WHERE id = ?', [id]),
    )
    expect(await found('怎么报停')).toEqual([])
  })

  test('a process that has just begun says so, and never that there is no answer', async () => {
    const ctx = app.ctx()
    // Its first look at the articles does not come to an end.
    const reader = { ...ctx.db.reader, query: () => new Promise<never>(() => undefined) }
    const config = { ...ctx.config, knowledge: { ...ctx.config.knowledge, firstWaitMs: 20 } }
    const begun = { ...ctx, config, db: { ...ctx.db, reader } }
    const asked = { companies: ['heating'], q: '怎么报停', limit: 3, audience: 'public' as const }
    await expect(searchKnowledge(begun, asked)).rejects.toMatchObject({ code: 'busy', retryAfterSeconds: 5 })
  })

  test('others get their turn while an index is built, and a search waits until it is whole', async () => {
    const id = await publishElsewhere('第一篇', app.clock.now())
    const [article, version] = [
      await findArticle(app.ctx().db.reader, id),
      await findVersion(app.ctx().db.reader, id, 1),
    ]
    if (!article || !version) throw new Error('it was there')
    const ids = Array.from({ length: 1500 }, () => app.ctx().ids.next())
    await inTransaction(app.ctx(), async (tx) => {
      const articles = ids.map((each): ArticleRow => ({ ...article, id: each }))
      const versions = ids.map(
        (each, number): ArticleVersionRow => ({
          ...version,
          ...madeArticle(number),
          articleId: each,
        }),
      )
      for (let at = 0; at < ids.length; at += 300) {
        await tx.insert(articleTable, articles.slice(at, at + 300))
        await tx.insert(articleVersionTable, versions.slice(at, at + 300))
      }
    })
    let turns = 0
    let building = true
    const count = (): void => {
      turns++
      if (building) setImmediate(count)
    }
    setImmediate(count)
    const titles = await found('老旧小区暖气片不热')
    building = false
    expect(titles[0]).toContain('老旧小区暖气片不热')
    // Ten pages of rows alone would be some thirty turns.
    expect(turns).toBeGreaterThan(60)
    expect((await freshShelf(app.ctx())).indexes.get('heating')?.size).toBe(1501)
  })
})
