import type { RouterContext } from '@koa/router'
import type { Kernel, Person } from '../../kernel/kernel'
import { escapeHtml, phonePage } from './layout'

/** Who holds the phone: the panel's cookie says so. */
export function phoneHolder(kernel: Kernel, ctx: RouterContext): Person | undefined {
  const cookie = ctx.cookies.get('sandbox_person') ?? ''
  return kernel.people
    .list()
    .find((person) => person.id === cookie || encodeURIComponent(person.id) === cookie)
}

/** A page that asks who holds the phone, for a browser that did not come through the phones page. */
export function askWhoPage(kernel: Kernel): string {
  const rows = kernel.people
    .list()
    .map(
      (person) =>
        `<a class="person" href="#" data-id="${escapeHtml(person.id)}">${escapeHtml(person.name)}</a>`,
    )
    .join('')
  return phonePage(
    '登录支付宝',
    `<header>登录支付宝</header><main><div class="card"><p class="payee">请选择是谁在用这部手机</p>${rows}</div></main>
<script>
for (const link of document.querySelectorAll('a.person')) link.addEventListener('click', (event) => {
  event.preventDefault()
  document.cookie = 'sandbox_person=' + link.dataset.id + '; path=/'
  location.reload()
})
</script>`,
  )
}
