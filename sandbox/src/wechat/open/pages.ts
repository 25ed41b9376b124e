const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

const STYLE = `
body{margin:0;font:16px/1.6 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;background:#ededed;color:#191919}
main{max-width:420px;margin:0 auto;padding:64px 24px;text-align:center}
h1{font-size:20px;font-weight:600;margin:0 0 12px}p{color:#737373;margin:0 0 24px}
ul{list-style:none;margin:0 0 32px;padding:16px;background:#fff;border-radius:8px;text-align:left}
button{display:block;width:100%;min-height:48px;margin:12px 0 0;border:0;border-radius:8px;font-size:17px;background:#07c160;color:#fff}
button.quiet{background:#e1e1e1;color:#191919}`

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`
}

/** What WeChat shows when the address is wrong: the code and what to do. */
export function errorPage(code: number, text: string): string {
  return page('微信', `<h1>${escape(text)}</h1><p>错误码：${code}</p>`)
}

function hidden(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([key, value]) => `<input type="hidden" name="${escape(key)}" value="${escape(value)}">`)
    .join('')
}

/** Asks for consent to give nickname and avatar away. */
export function consentPage(personName: string, fields: Record<string, string>): string {
  return page(
    '微信授权登录',
    `<h1>网页申请使用</h1><p>${escape(personName)} 的微信</p><ul><li>你的微信头像、昵称</li></ul>
<form method="get">${hidden(fields)}<button name="consent" value="allow">允许</button>
<button class="quiet" name="consent" value="deny">拒绝</button></form>`,
  )
}

/** Asks who holds the phone, for a browser that is not one of the phones. */
export function choosePersonPage(
  people: { id: string; name: string }[],
  fields: Record<string, string>,
): string {
  const buttons = people
    .map(({ id, name }) => `<button name="person" value="${escape(id)}">${escape(name)}</button>`)
    .join('')
  return page(
    '选择微信用户',
    `<h1>谁拿着这部手机？</h1><form method="get">${hidden(fields)}${buttons}</form>`,
  )
}

/** After a refusal WeChat stays on its own page. */
export function deniedPage(): string {
  return page('微信', '<h1>你已拒绝授权</h1><p>需要时可以返回重新打开。</p>')
}
