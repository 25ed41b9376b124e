/** Pages a phone shows by itself, when there is nothing to show from the portal. */

const shell = (title: string, body: string, script: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><script src="/__phone/bridge.js"></script>
<style>body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:10px;
font:16px/1.6 "PingFang SC","Noto Sans CJK SC",sans-serif;color:#15181d;background:#f4f5f7;text-align:center;padding:0 32px;box-sizing:border-box}
svg{width:72px;height:72px;stroke:#a4abb5;fill:none;stroke-width:1.6;stroke-linecap:round}h1{font-size:18px;margin:8px 0 0}
p{margin:0;color:#565d68;font-size:14px}button{margin-top:14px;height:44px;padding:0 32px;border:0;border-radius:22px;
background:#fff;font:inherit;color:#15181d;box-shadow:0 1px 4px rgba(20,24,31,.14)}</style></head>
<body>${body}<button data-testid="retry" onclick="location.reload()">再试一次</button><script>${script}</script></body></html>`

/** Shown when the phone's network is switched off. */
export const OFFLINE_PAGE = shell(
  '网络不可用',
  `<svg viewBox="0 0 24 24"><path d="M2 8.5a15 15 0 0 1 20 0M5.5 12.2a10 10 0 0 1 13 0M9 16a5 5 0 0 1 6 0M12 19.5h.01M3 3l18 18"/></svg>
<h1>手机没有网络</h1><p>打开网络以后，页面会自己回来。</p>`,
  `addEventListener('online',()=>location.reload())`,
)

/** Shown when the portal does not answer; it asks again by itself, since the portal may just be starting. */
export const UNREACHABLE_PAGE = shell(
  '打不开页面',
  `<svg viewBox="0 0 24 24"><path d="M4 5h16v11H4zM9 20h6M12 16v4M9.5 8.5l5 4M14.5 8.5l-5 4"/></svg>
<h1>门户还没有应答</h1><p>它可能正在启动，这里每两秒再问一次。</p>`,
  `setTimeout(()=>location.reload(),2000)`,
)

/** Puts another person in charge of the phone: what the page has stored for the last one goes, then `next` opens. */
export function enterPage(next: string): string {
  const target = JSON.stringify(next).replaceAll('<', '\\u003c')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>换人</title><body style="background:#f4f5f7"><script>
(async()=>{try{sessionStorage.clear();localStorage.clear();
if(indexedDB.databases)for(const db of await indexedDB.databases())indexedDB.deleteDatabase(db.name);
if(window.caches)for(const key of await caches.keys())await caches.delete(key)}finally{location.replace(${target})}})()
</script></body></html>`
}
