/** One button of the official account's menu. A top button either does something or holds up to five others. */
export type MenuAction =
  | { readonly type: 'click'; readonly name: string; readonly key: string }
  | { readonly type: 'view'; readonly name: string; readonly url: string }
  | {
      readonly type: 'miniprogram'
      readonly name: string
      readonly page: string
      /** For a device without mini-programs. */
      readonly url: string
    }
export interface MenuGroup {
  readonly name: string
  readonly buttons: readonly MenuAction[]
}

/** What `wx.config` takes on a page of ours; `timestamp` is in seconds. */
export interface PageSignature {
  readonly appId: string
  readonly timestamp: number
  readonly nonceStr: string
  readonly signature: string
}

/** What can be asked of the official account besides messages. */
export interface OfficialAccount {
  readonly appId: string
  /**
   * Replaces the account's menu: one to three top buttons. Errors: `invalid_input` naming the button that breaks a
   * limit, before anything is sent; `platform_unavailable`.
   */
  createMenu(menu: readonly (MenuAction | MenuGroup)[]): Promise<void>
  /** Signs one page for the JS-SDK; `url` is as the browser loaded it. Errors: `platform_unavailable`. */
  signPage(url: string): Promise<PageSignature>
}
