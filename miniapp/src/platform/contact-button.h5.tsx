/** There is no such window here. */
export const ContactButton = () => null
