import { type FileDoor, type Progress, sendFile } from './send-file'

const progress = (state: Progress['state'], offset: number, reason: string | null = null): Progress => ({
  fileId: 'f1',
  state,
  offset,
  reason,
})

/** A server that keeps bytes, with a network that loses what `lose` says. */
function door(lose: (part: number) => 'before' | 'after' | null, looks: Progress['state'][] = []) {
  let kept = 0
  let parts = 0
  const offsets: number[] = []
  const made: FileDoor = {
    begin: async () => ({ ...progress('receiving', kept), partBytes: 4 }),
    send: async (_, offset, part) => {
      offsets.push(offset)
      const lost = lose(parts++)
      if (lost === 'before') throw new Error('network')
      if (offset !== kept) throw new Error(`wrong offset ${offset}, have ${kept}`)
      kept += part.size
      if (lost === 'after') throw new Error('network')
    },
    state: async () => progress(looks.shift() ?? 'receiving', kept),
    finish: async () => progress(looks.length > 0 ? 'processing' : 'ready', kept),
    wait: async () => undefined,
  }
  return { made, offsets, kept: () => kept }
}
const file = new Blob(['0123456789'])

test('parts go in order, and the end is what the server says', async () => {
  const { made, offsets, kept } = door(() => null)
  const shares: number[] = []
  expect((await sendFile(made, file, (share) => shares.push(share))).state).toBe('ready')
  expect([offsets, kept()]).toEqual([[0, 4, 8], 10])
  expect(shares).toEqual([0, 0.4, 0.8, 1])
})
test('a part whose answer was lost is not sent twice: the server says how far it came', async () => {
  const { made, offsets, kept } = door((part) => (part === 1 ? 'after' : null))
  await sendFile(made, file, () => undefined)
  expect([offsets, kept()]).toEqual([[0, 4, 8], 10])
})
test('a part that never arrived is sent again', async () => {
  const { made, offsets } = door((part) => (part === 1 ? 'before' : null))
  await sendFile(made, file, () => undefined)
  expect(offsets).toEqual([0, 4, 4, 8])
})
test('after three failures of the same part the person is asked', async () => {
  const { made } = door(() => 'before')
  await expect(sendFile(made, file, () => undefined)).rejects.toThrow('network')
})
test('a file that is still being decoded is asked for until it is ready or refused', async () => {
  const { made } = door(() => null, ['processing', 'refused'])
  expect((await sendFile(made, file, () => undefined)).state).toBe('refused')
})
