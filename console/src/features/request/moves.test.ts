import { asksFor, deskMoves, isPlain, isReady, moveInput } from './moves'

const given = { words: ' 已换阀门 ', holdReason: 'parts' as const, until: 5, fileIds: ['f'] }

test('buttons stand in one order, and moves of other pages are not buttons here', () => {
  expect(deskMoves(['cancel', 'set-out', 'hold', 'dispatch', 'accept', 'merge'])).toEqual([
    'accept',
    'hold',
    'cancel',
  ])
})
test('what the resident will read, or be told as a reason, must be there', () => {
  expect([asksFor('resolve'), asksFor('cancel'), asksFor('close')]).toEqual(['result', 'reason', 'optional'])
  expect([isReady('resolve', ' '), isReady('resolve', '修好了'), isReady('close', '')]).toEqual([
    false,
    true,
    true,
  ])
  expect([isPlain('accept'), isPlain('cancel')]).toEqual([true, false])
})
test('only a hold carries its reason and its time', () => {
  expect(moveInput('hold', given)).toEqual({
    move: 'hold',
    fileIds: ['f'],
    words: '已换阀门',
    holdReason: 'parts',
    until: 5,
  })
  expect(moveInput('close', { ...given, words: '' })).toEqual({ move: 'close', fileIds: ['f'] })
})
