import { eachEngine } from '../../testing/harness'
import { publishMenu } from './publish-menu'
import { readMenu } from './read-menu'
import { startAccount, type TestAccount } from './test-account'

const ME = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'

eachEngine((engine) => {
  let account: TestAccount
  beforeEach(async () => {
    account = await startAccount(engine)
  })
  afterEach(() => account.app.close())

  test('the supervisor sees what is configured before anything was published, in words', async () => {
    const state = await readMenu(account.app.asStaff(ME))
    expect(state).toMatchObject({ account: '一户', published: null, mayPublish: true })
    expect(state.buttons.map(({ name }) => name)).toEqual(['缴费', '报修', '服务'])
    expect(state.buttons[0]).toEqual({ name: '缴费', does: '打开页面 pages/home/index', items: [] })
    expect(state.buttons[1]?.items).toContainEqual({ name: '停供通知', does: '回复停供通知' })
    expect(state.buttons[2]?.items).toContainEqual({
      name: '联系客服',
      does: '回复“好的，为您转人工客服。着急的请打 96123（每天 8:00–22:00）。”',
    })
  })

  test('publishing gives the platform the menu of the configuration, and says who did it when', async () => {
    const ctx = account.app.asStaff(ME)
    expect(await publishMenu(ctx)).toEqual({ publishedAt: account.app.clock.now() })
    expect(account.menus).toHaveLength(1)
    expect(account.menus[0]).toMatchObject([
      { type: 'view', name: '缴费', url: 'http://portal.test/#/pages/home/index' },
      {
        name: '报修',
        buttons: expect.arrayContaining([{ type: 'click', name: '停供通知', key: 'outages' }]),
      },
      { name: '服务' },
    ])
    expect((await readMenu(ctx)).published).toEqual({
      at: account.app.clock.now(),
      byName: '测试员工',
      isCurrent: true,
    })
  })

  test('a menu that the platform refuses is not kept as published', async () => {
    const ctx = account.app.asStaff(ME)
    const officialAccount = {
      ...ctx.platforms.officialAccount,
      createMenu: () => Promise.reject(new Error('down')),
    }
    const cut = { ...ctx, platforms: { ...ctx.platforms, officialAccount } }
    await expect(publishMenu(cut)).rejects.toThrow('down')
    expect((await readMenu(ctx)).published).toBeNull()
  })

  test.each([
    ['of one company', { companies: ['gas'] }],
    ['of one area', { areaPaths: ['01J9AREA/'] }],
  ])('a supervisor %s reads the menu of all, and does not publish it', async (_, scope) => {
    const ctx = account.app.asStaff(ME, scope)
    expect((await readMenu(ctx)).mayPublish).toBe(false)
    await expect(publishMenu(ctx)).rejects.toMatchObject({ code: 'forbidden' })
    expect(account.menus).toEqual([])
  })
})
