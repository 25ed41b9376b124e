import { eachEngine } from '../../testing/harness'
import { excerptOf, hush } from './hush'
import { listReplies } from './list-replies'
import { listViews } from './list-views'
import { checkReplyText, fillReply, REPLY_VARIABLES } from './reply-words'
import { saveReply } from './save-reply'
import { saveView } from './save-view'
import { LI, outcomeOf, TestDesk } from './test-desk'

eachEngine((engine) => {
  let desk: TestDesk
  beforeEach(async () => {
    desk = await TestDesk.open(engine)
  })
  afterEach(() => desk.close())

  const view = (name: string, query: string | null, over: { viewId?: string; shared?: boolean } = {}) => ({
    viewId: over.viewId ?? null,
    name,
    query,
    shared: over.shared ?? false,
  })

  test('a view is kept, changed and thrown away by its owner alone', async () => {
    const [kept] = await saveView(desk.as(), view('超时的', '?due=overdue'))
    expect(kept).toMatchObject({ name: '超时的', query: 'due=overdue', mine: true, shared: false })
    const viewId = kept?.id ?? ''
    await saveView(desk.as(), view('超时的', 'due=overdue&class=repair'))
    expect(await listViews(desk.as())).toHaveLength(1)
    expect(await outcomeOf(saveView(desk.as({ id: LI }), view('我的', 'x=1', { viewId })))).toBe('not_found')
    expect(await outcomeOf(saveView(desk.as({ id: LI }), view('我的', null, { viewId })))).toBe('not_found')
    const [renamed] = await saveView(desk.as(), view('快超时', 'due=warning', { viewId }))
    expect(renamed).toMatchObject({ id: viewId, name: '快超时' })
    expect(await saveView(desk.as(), view('快超时', null, { viewId }))).toEqual([])
  })

  test('a shared view is seen by colleagues of the same companies and no others', async () => {
    const heating = desk.as({ companies: ['heating'] })
    await saveView(heating, view('不热', 'typeId=cold', { shared: true }))
    await saveView(heating, view('自己的', 'tab=mine'))
    const names = async (ctx: ReturnType<TestDesk['as']>) => (await listViews(ctx)).map(({ name }) => name)
    expect(await names(desk.as({ id: LI, companies: ['heating', 'gas'] }))).toEqual(['不热'])
    expect(await names(desk.as({ id: LI }))).toEqual(['不热'])
    expect(await names(desk.as({ id: LI, companies: ['gas'] }))).toEqual([])
  })

  test('nobody keeps more views than anybody looks through', async () => {
    for (let at = 0; at < 30; at++) await saveView(desk.as(), view(`视图${at}`, `class=repair`))
    expect(await outcomeOf(saveView(desk.as(), view('再一个', 'x=1')))).toBe('too_many_views')
    expect(await outcomeOf(saveView(desk.as(), view('视图7', 'x=1')))).toBe('done')
  })

  const template = (text: string | null, over: { templateId?: string; companyId?: string | null } = {}) => ({
    templateId: over.templateId ?? null,
    companyId: over.companyId === undefined ? 'heating' : over.companyId,
    title: '已安排',
    text,
    typeIds: [],
  })

  test('a template is filled in from the request that is answered', async () => {
    const { id: residentId } = await desk.world.resident()
    const household = await desk.world.household([residentId])
    const { id: assigneeId } = await desk.world.worker(['worker'], { name: '欧阳建国' })
    const request = await desk.make({ householdId: household.id })
    await desk.world.change('UPDATE request SET assigneeId = ? WHERE id = ?', [assigneeId, request.id])
    const all = REPLY_VARIABLES.map((name) => `{{${name}}}`).join('｜')
    await saveReply(desk.as(), template(`您好！${all}`))
    await saveReply(desk.as(), { ...template('只给别的类型'), typeIds: ['other'] })
    await saveReply(desk.as(), template('燃气公司的', { companyId: 'gas' }))
    const [filled, ...others] = await listReplies(desk.as(), { requestId: request.id })
    expect(others).toEqual([])
    expect(filled?.filled).toBe(
      `您好！${request.number}｜暖气不热｜松海园 41号楼｜已提交，等待受理｜今天10:30｜欧阳师傅｜王晓`,
    )
    const stranger = desk.as({ companies: ['gas'] })
    expect(await outcomeOf(listReplies(stranger, { requestId: request.id }))).toBe('not_found')
    expect((await listReplies(stranger, {})).map(({ text }) => text)).toEqual(['燃气公司的'])
    expect((await listReplies(desk.as(), { companyId: 'gas' })).map(({ filled: none }) => none)).toEqual([
      null,
    ])
  })

  test('a variable that we do not have is refused by name, and values are never read as variables', () => {
    expect(() => checkReplyText('您好，{{姓名}}')).toThrow('姓名')
    expect(() => checkReplyText('您好，{{constructor}}')).toThrow('constructor')
    expect(() => checkReplyText('您好，{{编号')).toThrow('大括号')
    expect(() => checkReplyText('{{ 编号 }} 与 {单括号}')).not.toThrow()
    const facts = { 编号: '{{师傅}}', 类型: '', 住址: '', 状态: '', 最迟时间: '', 师傅: '孙师傅', 客服: '' }
    expect(fillReply('{{编号}}-{{ 师傅 }}', facts)).toBe('{{师傅}}-孙师傅')
  })

  test('templates are changed within one’s companies; those for all by whoever sees all', async () => {
    const heating = desk.as({ companies: ['heating'] })
    expect(await outcomeOf(saveReply(heating, template('x', { companyId: 'gas' })))).toBe('not_found')
    expect(await outcomeOf(saveReply(heating, template('x', { companyId: null })))).toBe('forbidden')
    expect(await outcomeOf(saveReply(desk.as(), template('x', { companyId: 'nobody' })))).toBe('not_found')
    const [common] = await saveReply(desk.as(), template('通用', { companyId: null }))
    const templateId = common?.id ?? ''
    expect(await outcomeOf(saveReply(heating, template('改', { templateId })))).toBe('forbidden')
    expect((await listReplies(heating, {})).map(({ text }) => text)).toEqual(['通用'])
    const [changed] = await saveReply(desk.as(), template('改了', { templateId }))
    expect(changed).toMatchObject({ id: templateId, companyId: 'heating', text: '改了' })
    expect(await saveReply(desk.as(), template(null, { templateId }))).toEqual([])
    expect(await outcomeOf(saveReply(desk.as(), template('x', { templateId })))).toBe('not_found')
  })

  test('numbers in a resident’s words that could name somebody are cut', () => {
    expect(hush('电话13912345678，户号 0021 0000 1707')).toBe('电话139********，户号 002*********')
    expect(hush('身份证 11010119900101123X')).toBe('身份证 110***************')
    expect(hush('41号楼 6单元 404，18度')).toBe('41号楼 6单元 404，18度')
    expect(Array.from(excerptOf('很冷'.repeat(40)))).toHaveLength(40)
    expect(excerptOf(' 两行\n一行 ')).toBe('两行 一行')
  })
})
