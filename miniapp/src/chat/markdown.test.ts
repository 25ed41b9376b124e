import { blocksOf } from './markdown'

const kinds = (body: string) => blocksOf(body).map(({ kind }) => kind)
const said = (body: string) =>
  blocksOf(body).map(({ spans }) =>
    spans.map(({ text, strong, link }) => (link ? `${text}→${link}` : strong ? `!${text}` : text)),
  )

test('headings, points, steps and paragraphs are told apart', () => {
  expect(kinds('# 怎么交\n\n先看账单。\n\n- 微信\n- 支付宝\n\n1. 打开\n2. 付款')).toEqual([
    'heading',
    'words',
    'point',
    'point',
    'step',
    'step',
  ])
})
test('the number of a step is the one that is written', () => {
  expect(blocksOf('3. 付款').map(({ number }) => number)).toEqual(['3'])
})
test('lines without an empty one between them are one paragraph', () => {
  expect(said('甲\n乙\n\n丙')).toEqual([['甲', '乙'], ['丙']])
})
test('strong words and links stand within a line', () => {
  expect(said('请**马上**去[缴费](/pages/cashier/index)，谢谢')).toEqual([
    ['请', '!马上', '去', '缴费→/pages/cashier/index', '，谢谢'],
  ])
})
test('an address that is neither ours nor https is only words', () => {
  expect(said('[甲](javascript:alert) [乙](//evil.test) [丙](http://a.test)')).toEqual([
    ['甲', ' ', '乙', ' ', '丙'],
  ])
})
test('what is no Markdown of ours stays as it was written', () => {
  expect(said('1.5 元 * 3 <b>')).toEqual([['1.5 元 * 3 <b>']])
})
