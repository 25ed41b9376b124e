/** The English of words-of-cards.ts. */
export const files = {
  addPhoto: 'Add photo',
  addVoice: 'Record a message',
  recording: (left: number) => `Recording, ${left} s left`,
  stopRecording: 'Done talking',
  noMicrophone: 'Nothing was recorded. Please allow the microphone, or describe it in writing.',
  addVideo: 'Take a video',
  videoTooLong: (seconds: number) =>
    `Videos can be ${seconds} seconds at most. Please trim it and try again.`,
  sending: (done: number) => `${done}%`,
  checking: 'Processing',
  ready: 'Uploaded',
  broken: 'Not finished, tap to continue',
  gone: 'No longer on this phone, please choose it again',
  remove: 'Delete',
  voice: (seconds: number) => `Voice, ${seconds} s`,
  video: 'Video',
  image: 'Photo',
  hidden: 'Being checked',
  notShown: 'Could not open, tap to try again',
  deleted: (count: number) =>
    count === 1
      ? '1 photo or recording was deleted at the end of its storage time, as the rules require'
      : `${count} photos or recordings were deleted at the end of their storage time, as the rules require`,
  stillMoving: 'Photos are still uploading. Please wait a few seconds, then submit.',
  someBroken: 'Some files were not uploaded. Tap them to continue, or delete them.',
}

export const requestCard = {
  following: 'Following',
  late: (length: string) => `${length} later than promised; we are hurrying`,
  paused: (why: string) => `Clock paused: ${why}`,
  kept: 'Done as promised',
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => (count === 1 ? '1 hour' : `${count} hours`),
  days: (count: number) => (count === 1 ? '1 day' : `${count} days`),
  daysHours: (days: number, hours: number) => `${days} d ${hours} h`,
}
