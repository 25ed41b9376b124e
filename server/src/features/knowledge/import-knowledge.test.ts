import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { importKnowledge } from './import-knowledge'
import { listArticles } from './list-articles'
import { AUTHOR } from './test-articles'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())
  const bring = (...texts: string[]) =>
    importKnowledge(app.asStaff(AUTHOR), {
      companyId: 'heating',
      files: texts.map((text, index) => ({ name: `${index}.md`, text })),
    })

  test('what is understood becomes a draft; what is not is said by file and line, and made by nobody', async () => {
    const { made, faults } = await bring(
      '---\ntypes: [not-hot]\n---\n# 暖气不热\n先看阀门。',
      '---\ntypes: [no-such]\n---\n# 不存在的类型\n正文',
      '没有标题',
    )
    expect(made).toMatchObject([{ name: '0.md', title: '暖气不热' }])
    expect(faults).toEqual([
      { name: '1.md', line: 1, message: '没有“no-such”这个服务类型，请重新选' },
      { name: '2.md', line: 1, message: '没有标题，请加一行“# 标题”' },
    ])
    const { items } = await listArticles(app.asStaff(AUTHOR), { limit: 20 })
    expect(items).toMatchObject([{ title: '暖气不热', state: 'draft', typeIds: ['not-hot'] }])
  })

  test('the same files brought again, or twice at once, make nothing twice', async () => {
    const text = '# 怎么报停\n供暖期前申请。'
    expect(await bring(text, text)).toMatchObject({
      made: [{ title: '怎么报停' }],
      faults: [{ name: '1.md' }],
    })
    expect(await bring(text)).toMatchObject({ made: [], faults: [{ name: '0.md', line: 1 }] })
    expect((await listArticles(app.asStaff(AUTHOR), { limit: 20 })).items).toHaveLength(1)
  })
})
