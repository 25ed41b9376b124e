import { buildAtWork } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import { RequestDesk } from '../requests/test-request-desk'
import { readAnswer } from './read-answer'
import { retireArticle } from './retire-article'
import { AUTHOR, publishArticle, REVIEWER } from './test-articles'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const published = async (audience: 'public' | 'internal') => {
    const fileId = await desk.storedFile(AUTHOR, 'where the valve is', 'staff')
    return { fileId, ...(await publishArticle(desk.app, { fileIds: [fileId], audience })) }
  }
  const statusOf = async (path: string): Promise<number> => (await fetch(`${desk.app.url}${path}`)).status

  test('a picture of a public answer is there for whoever reads it, until the answer is taken away', async () => {
    const { articleId, revision } = await published('public')
    const { files } = await readAnswer(desk.app.ctx(), { articleId })
    const url = files[0]?.url ?? ''
    const answer = await fetch(`${desk.app.url}${url}`)
    expect([answer.status, await answer.text()]).toEqual([200, 'where the valve is'])
    await retireArticle(desk.app.asStaff(REVIEWER), { articleId, revision, reason: '换了阀门' })
    expect(await statusOf(url)).toBe(404)
  })

  test('an address that was altered, or is of an internal article, shows nothing', async () => {
    const open = await published('public')
    const closed = await published('internal')
    const { files } = await readAnswer(desk.app.ctx(), { articleId: open.articleId })
    const url = files[0]?.url ?? ''
    expect(await statusOf(url.replace(/sign=./, 'sign=-'))).toBe(404)
    expect(await statusOf(url.replace(open.articleId, closed.articleId))).toBe(404)
    expect(await statusOf(url.replace(open.fileId, closed.fileId))).toBe(404)
    desk.app.clock.advance(desk.app.config.files.linkSeconds * 1000 + 1)
    expect(await statusOf(url)).toBe(403)
    const { headers } = await buildAtWork(desk.app, ['agent'], { companies: ['heating'] })
    const get = await fetch(`${desk.app.url}/api/knowledge.get?articleId=${closed.articleId}`, { headers })
    const { versions } = (await get.json()) as { versions: { files: { url: string }[] }[] }
    const theirs = versions[0]?.files[0]?.url ?? ''
    expect((await fetch(`${desk.app.url}${theirs}`, { headers })).status).toBe(200)
    expect(await statusOf(theirs)).toBe(401)
  })
})
