/** What all words of one portal may name. */
export interface Portal {
  readonly name: string
  readonly hotline: string
  /** Without a slash at the end. */
  readonly publicUrl: string
}

/** What is said back, before it is put into a message. */
export interface Reply {
  readonly words: string
  readonly link: { readonly words: string; readonly url: string } | null
  /** The names of the answers in it, for the record; null where a person has to answer. */
  readonly answered: string | null
}
