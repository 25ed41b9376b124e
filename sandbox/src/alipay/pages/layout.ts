/** Makes text safe inside HTML and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const STYLE = `
*{box-sizing:border-box;-webkit-tap-highlight-color:transparent}
body{margin:0;background:#f5f5f5;color:#1f1f1f;font:16px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;min-height:100vh;display:flex;flex-direction:column}
header{height:48px;display:flex;align-items:center;justify-content:center;background:#fff;font-weight:600;position:relative}
header button{position:absolute;left:4px;border:0;background:none;font-size:16px;color:#1677ff;min-height:44px;padding:0 12px}
main{flex:1;padding:16px}
.card{background:#fff;border-radius:12px;padding:20px 16px;margin-bottom:12px}
.amount{text-align:center;font-size:40px;font-weight:600;font-variant-numeric:tabular-nums;margin:4px 0 12px}
.payee{text-align:center;color:#666}
dl{margin:0;display:grid;grid-template-columns:auto 1fr;gap:10px 16px}
dt{color:#767676}dd{margin:0;text-align:right;word-break:break-all}
.main{display:block;width:100%;min-height:50px;border:0;border-radius:10px;background:#1677ff;color:#fff;font-size:18px;font-weight:600}
.main:disabled{background:#a9c9f7}
.quiet{display:block;width:100%;min-height:44px;border:0;background:none;color:#666;font-size:16px;margin-top:8px}
.sheet{position:fixed;inset:auto 0 0 0;background:#fff;border-radius:16px 16px 0 0;box-shadow:0 -4px 24px #0002;padding-bottom:env(safe-area-inset-bottom)}
.sheet[hidden]{display:none}
.sheet h2{font-size:17px;text-align:center;margin:16px 0 4px}
.sheet .hint{text-align:center;color:#767676;font-size:14px;margin:0 0 12px}
.sheet .hint.wrong{color:#c9282d}
.boxes{display:flex;justify-content:center;gap:8px;margin:0 0 16px}
.boxes i{width:44px;height:48px;border:1px solid #d0d0d0;border-radius:8px;display:flex;align-items:center;justify-content:center;font-style:normal;font-size:24px}
.pad{display:grid;grid-template-columns:repeat(3,1fr);gap:1px;background:#e5e5e5}
.pad button{border:0;background:#fff;font-size:24px;min-height:56px}
.pad button:active{background:#eee}
.tick{width:64px;height:64px;border-radius:50%;background:#1677ff;color:#fff;font-size:36px;display:flex;align-items:center;justify-content:center;margin:24px auto 12px}
.center{text-align:center}
a.person{display:flex;align-items:center;min-height:52px;color:inherit;text-decoration:none;border-bottom:1px solid #eee}
`

/** One phone page in Alipay's manner: title bar, content, no outside resources. `body` is HTML. */
export function phonePage(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`
}
