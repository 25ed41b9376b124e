/** A wallet downloads a mini-program's packages itself and says so itself when it cannot. */
export function onLostPage(): void {}
