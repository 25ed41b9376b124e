import { eachEngine } from '../../testing/harness'
import { findRequest } from '../requests'
import { clockKinds } from './clock-kinds'
import { moveDeskRequest } from './move-desk-request'
import { TestDesk } from './test-desk'

eachEngine((engine) => {
  let desk: TestDesk
  beforeEach(async () => {
    desk = await TestDesk.open(engine)
  })
  afterEach(() => desk.close())

  const kindOf = async (id: string): Promise<string | undefined> => {
    const row = await findRequest(desk.as().db.reader, id)
    if (!row) throw new Error('no such request')
    return (await clockKinds(desk.as(), [row])).get(id)
  }

  test('the promise that is due next is named, and another one as soon as that one is met', async () => {
    const { id, version } = await desk.make()
    expect(await kindOf(id)).toBe('accept')
    expect(await kindOf(id)).toBe('accept')
    await moveDeskRequest(desk.as(), { requestId: id, version, move: 'accept', fileIds: [] })
    expect(await kindOf(id)).not.toBe('accept')
  })
})
