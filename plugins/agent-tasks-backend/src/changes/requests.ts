/** Times of tracking, from the configuration. */
export interface TrackSettings {
  /** How often an open change is read of which no webhook has told; see {@link hintedFactor}. */
  changesSeconds: number;
  /** The least time between two reads, however many webhooks come. */
  hintsSeconds: number;
}

/**
 * How much more seldom a change is read by itself of which webhooks tell: that read only finds what a delivery that was lost
 * would have told.
 */
export const hintedFactor = 4;

/** How long one request to a host may take; another replica reads the changes again after it. */
export const requestTimeoutSeconds = 20;

/** A signal that ends a request after its time, or with the round. */
export function requestSignal(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([
    AbortSignal.timeout(requestTimeoutSeconds * 1000),
    signal,
  ]);
}

/** When a change is read again after one more problem with it. */
export function afterProblem(options: {
  problems: number;
  settings: TrackSettings;
  now: Date;
}): Date {
  const { problems, settings, now } = options;
  const seconds = Math.min(
    900,
    Math.max(5, settings.changesSeconds) * 2 ** Math.min(problems, 6),
  );
  return new Date(now.getTime() + seconds * 1000);
}
