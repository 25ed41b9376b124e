import type { AlipayAppConfig, Person } from '../../kernel/kernel'
import { logonId } from '../apps'
import { fenToYuan } from '../fields'
import type { Trade } from '../trades'
import { escapeHtml, phonePage } from './layout'

/** A page with one message and, when there is somewhere to go, one button. */
export function messagePage(title: string, words: string, next?: string): string {
  const button = next
    ? `<a class="main center" style="line-height:50px;text-decoration:none" href="${escapeHtml(next)}">返回商家</a>`
    : ''
  return phonePage(
    title,
    `<header>支付宝</header><main><div class="card center"><h2>${escapeHtml(title)}</h2><p class="payee">${escapeHtml(words)}</p></div>${button}</main>`,
  )
}

interface CashierView {
  visitId: string
  app: AlipayAppConfig
  trade: Trade
  person: Person
}

const PAD = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫']
  .map((key) =>
    key === ''
      ? '<span style="background:#f5f5f5"></span>'
      : `<button type="button" data-key="${key}" aria-label="${key === '⌫' ? '删除' : key}">${key}</button>`,
  )
  .join('')

const SCRIPT = `
const data = JSON.parse(document.getElementById('data').textContent)
const sheet = document.getElementById('sheet')
const boxes = [...document.querySelectorAll('.boxes i')]
const hint = document.getElementById('hint')
let typed = ''
let busy = false
const draw = () => boxes.forEach((box, index) => { box.textContent = index < typed.length ? '●' : '' })
const leave = () => location.replace('/alipay/cashier/' + data.visitId + '/quit')
document.getElementById('cancel').addEventListener('click', leave)
document.getElementById('pay').addEventListener('click', () => { sheet.hidden = false })
document.getElementById('shut').addEventListener('click', () => { sheet.hidden = true; typed = ''; draw() })
const done = (answer) => {
  const waiting = answer.resultCode === '8000'
  document.getElementById('content').innerHTML = '<div class="card center"><div class="tick">' + (waiting ? '…' : '✓') +
    '</div><h2 id="result">' + (waiting ? '支付处理中' : '支付成功') + '</h2><p class="amount">¥' + data.yuan + '</p></div>' +
    '<button class="main" id="back">完成</button>'
  sheet.hidden = true
  document.getElementById('cancel').hidden = true
  const goOn = () => location.replace(answer.next)
  document.getElementById('back').addEventListener('click', goOn)
  setTimeout(goOn, 1500)
}
const submit = async () => {
  busy = true
  hint.classList.remove('wrong')
  hint.textContent = '正在付款…'
  try {
    const response = await fetch('/alipay/cashier/' + data.visitId + '/pay', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'password=' + typed,
    })
    const answer = await response.json()
    if (answer.resultCode === '9000' || answer.resultCode === '8000') { done(answer); return }
    hint.textContent = answer.memo
    hint.classList.add('wrong')
  } catch {
    hint.textContent = '网络不给力，请重试'
  }
  busy = false
  typed = ''
  draw()
}
const press = (key) => {
  if (busy) return
  if (key === '⌫') typed = typed.slice(0, -1)
  else if (typed.length < 6) typed += key
  draw()
  if (typed.length === 6) submit()
}
document.querySelector('.pad').addEventListener('click', (event) => {
  const key = event.target.dataset.key
  if (key) press(key)
})
document.addEventListener('keydown', (event) => {
  if (sheet.hidden) return
  if (/^[0-9]$/.test(event.key)) press(event.key)
  if (event.key === 'Backspace') press('⌫')
})
`

/** The cashier of a phone browser: what is paid, to whom, by whom, and the six-digit pad. */
export function cashierPage({ visitId, app, trade, person }: CashierView): string {
  const yuan = fenToYuan(trade.totalFen)
  const payee = app.name ?? '商家'
  const data = JSON.stringify({ visitId, yuan })
  const body = `
<header><button type="button" id="cancel">取消</button>付款</header>
<main id="content">
<div class="card"><div class="payee">付款给 ${escapeHtml(payee)}</div><div class="amount">¥${yuan}</div>
<dl><dt>订单信息</dt><dd>${escapeHtml(trade.subject)}</dd><dt>付款账号</dt><dd>${escapeHtml(person.name)} ${escapeHtml(logonId(person))}</dd><dt>付款方式</dt><dd>账户余额</dd></dl></div>
<button type="button" class="main" id="pay">立即付款</button>
</main>
<section class="sheet" id="sheet" hidden aria-label="支付密码">
<h2>请输入支付密码</h2><p class="hint" id="hint" role="status">沙箱：任意 6 位数字（000000 表示密码错误）</p>
<div class="boxes"><i></i><i></i><i></i><i></i><i></i><i></i></div>
<div class="pad">${PAD}</div><button type="button" class="quiet" id="shut">取消</button>
</section>
<script type="application/json" id="data">${data}</script><script>${SCRIPT}</script>`
  return phonePage('支付宝收银台', body)
}
