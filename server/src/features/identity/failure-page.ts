/** A page of its own, without any resource from elsewhere, for a login that did not work in the browser. */
export function failurePage(input: { message: string; requestId: string; retryUrl: string }): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录没有成功</title>
<style>
:root { color-scheme: light dark }
body { margin: 0; font: 18px/1.7 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif; background: #f4f5f7; color: #1c1f23 }
main { max-width: 26em; margin: 18vh auto 0; padding: 0 24px }
h1 { font-size: 24px; margin: 0 0 12px }
a { display: block; margin-top: 28px; padding: 14px; border-radius: 12px; text-align: center; text-decoration: none }
.main { background: #b93a08; color: #fff }
.home { margin-top: 12px; color: inherit; border: 1px solid #9aa1ab }
small { display: block; margin-top: 28px; color: #5c636d; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { body { background: #15171a; color: #eceef0 } small { color: #a4abb4 } }
</style>
</head>
<body>
<main>
<h1>登录没有成功</h1>
<p>${escapeHtml(input.message)}</p>
<a class="main" href="${escapeHtml(input.retryUrl)}">重新登录</a>
<a class="home" href="/">返回首页</a>
<small>如需帮助，请把这个编号告诉客服：${escapeHtml(input.requestId)}</small>
</main>
</body>
</html>
`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
