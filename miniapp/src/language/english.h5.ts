type Main = typeof import('./main-english')

/** Webpack's own name for what loads a page's scripts. */
// oxlint-disable-next-line no-underscore-dangle -- the name is webpack's
declare let __webpack_chunk_load__: (chunk: string | number) => Promise<unknown>

let main: Main | null = null
let fetched = false

/** Null until it has come; whoever reads Chinese never loads it. */
export const mainEnglish = (): Main | null => main

/** Asks for it beside the first page, and lets no page be drawn before it is there. */
export function fetchEnglish(): void {
  if (fetched) return
  fetched = true
  const coming = import(/* webpackChunkName: "english" */ './main-english').then(
    (english) => {
      main = english
    },
    () => {
      // Without it a page speaks Chinese, which is better than none.
    },
  )
  const load = __webpack_chunk_load__
  __webpack_chunk_load__ = (chunk) => Promise.all([load(chunk), coming])
}
