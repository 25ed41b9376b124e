/** The empty HTML into which the browser code of `name` draws itself. */
export function page(name: 'phones' | 'panel' | 'switch', title: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${title}</title>
<link rel="stylesheet" href="/assets/${name}.css">
</head>
<body><noscript>这一页要打开 JavaScript 才能用。</noscript><div id="root"></div>
<script src="/assets/${name}.js"></script></body>
</html>`
}
