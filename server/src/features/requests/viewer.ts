/**
 * Who looks at a request: the resident whose it is, the holder of its follow-link, or a neighbour, who follows it or
 * whose own request was merged into it.
 */
export type Viewer =
  | { readonly kind: 'owner' }
  | { readonly kind: 'link'; readonly token: string }
  | { readonly kind: 'follower'; readonly canStop: boolean }
