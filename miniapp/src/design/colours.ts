/** Colours for what takes no CSS variable: native dialogs and drawn pictures. The values are those of tokens.scss. */
export const dialogColours = { confirmColor: '#CC440E', cancelColor: '#4B525D' }

/** A receipt to keep is always ink on white paper, whatever mode the phone is in. */
export const paper = {
  ground: '#ffffff',
  ink: '#15181d',
  second: '#4b525d',
  third: '#646b76',
  line: '#e9ecf0',
}
