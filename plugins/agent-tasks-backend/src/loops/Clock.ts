/** Where the time comes from, so that a month runs in a test in milliseconds. */
export interface Clock {
  now(): Date;
}
