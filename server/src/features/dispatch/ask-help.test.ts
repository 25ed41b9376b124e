import { eachEngine } from '../../testing/harness'
import { answerHelp } from './answer-help'
import { askHelp } from './ask-help'
import { listHelp } from './list-help'
import { readHelp } from './read-help'
import { FieldDesk, outcomeOf } from './test-field-desk'

eachEngine((engine) => {
  let field: FieldDesk
  beforeEach(async () => {
    field = await FieldDesk.open(engine)
  })
  afterEach(() => field.close())

  const expert = (how: object = {}) =>
    field.desk.app.asStaff('01JDEXPERT00000000000000AA', { roles: ['agent'], name: '陈专家', ...how })
  const ask = (
    words: string,
    requestId: string,
    worker: Parameters<FieldDesk['as']>[0],
    fileIds: string[] = [],
  ) => askHelp(field.as(worker), { requestId, words, fileIds })

  test('a worker asks with a photo, an expert answers, and both read the same talk', async () => {
    const worker = await field.worker()
    const request = await field.taken(worker)
    const photo = await field.photo(worker)
    const asked = await ask('这个阀门型号没见过', request.id, worker, [photo])
    expect(asked.messages).toMatchObject([
      { words: '这个阀门型号没见过', mine: true, byName: '孙建国', files: [{ fileId: photo }] },
    ])
    expect((await listHelp(expert())).threads).toMatchObject([
      {
        requestId: request.id,
        number: request.number,
        workerName: '孙建国',
        typeName: '暖气不热',
        waiting: true,
      },
    ])
    const answered = await answerHelp(expert(), { requestId: request.id, words: '逆时针拧半圈', fileIds: [] })
    expect(answered.messages.map(({ mine, words }) => [mine, words])).toEqual([
      [false, '这个阀门型号没见过'],
      [true, '逆时针拧半圈'],
    ])
    expect((await listHelp(expert())).threads).toMatchObject([{ waiting: false }])
    expect((await field.desk.told(worker.walletId)).join()).toContain('求助有答复｜逆时针拧半圈')
    const read = await ask('', request.id, worker)
    expect(read.messages).toHaveLength(2)
    expect((await field.desk.steps(request.id)).filter(({ kind }) => kind === 'help')).toMatchObject([
      { internal: 1 },
      { internal: 1 },
    ])
  })

  test('a thread that is asked in again waits again, before those that were answered', async () => {
    const worker = await field.worker()
    const [first, second] = [await field.taken(worker), await field.taken(worker)]
    await ask('第一单', first.id, worker)
    field.desk.app.clock.advance(1000)
    await ask('第二单', second.id, worker)
    await answerHelp(expert(), { requestId: second.id, words: '好', fileIds: [] })
    expect((await listHelp(expert())).threads.map(({ requestId }) => requestId)).toEqual([
      first.id,
      second.id,
    ])
    await answerHelp(expert(), { requestId: first.id, words: '好', fileIds: [] })
    await ask('还是不行', second.id, worker)
    expect((await listHelp(expert())).threads[0]).toMatchObject({ requestId: second.id, waiting: true })
  })

  test('nobody reads or answers what is not theirs to see', async () => {
    const [worker, stranger] = [await field.worker(), await field.worker('外人')]
    const request = await field.taken(worker)
    const { id: requestId } = request
    expect(await outcomeOf(ask('看看', requestId, stranger))).toBe('not_found')
    expect(await outcomeOf(answerHelp(expert(), { requestId, words: '没人问', fileIds: [] }))).toBe(
      'not_found',
    )
    await ask('请教', requestId, worker)
    const gas = expert({ companies: ['gas'] })
    expect(await outcomeOf(readHelp(gas, { requestId }))).toBe('not_found')
    expect(await outcomeOf(answerHelp(gas, { requestId, words: '好', fileIds: [] }))).toBe('not_found')
    expect((await listHelp(gas)).threads).toEqual([])
    expect((await readHelp(expert(), { requestId })).messages).toHaveLength(1)
    const theirs = await field.photo(stranger)
    expect(await outcomeOf(ask('看图', requestId, worker, [theirs]))).toBe('not_found')
  })
})
