/** What a marker can consist of: a longer one of such characters is another marker. */
const MARKER_CHARACTER = /[\p{L}\p{N}_-]/u;

/**
 * Whether a prompt bears a marker as a whole: neither as the beginning nor as the end of a longer one.
 */
export function bearsMarker(options: {
  prompt: string;
  marker: string;
}): boolean {
  const { prompt, marker } = options;
  if (!marker) {
    return false;
  }
  for (
    let at = prompt.indexOf(marker);
    at !== -1;
    at = prompt.indexOf(marker, at + 1)
  ) {
    const before = [...prompt.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
    const [after = ''] = prompt.slice(
      at + marker.length,
      at + marker.length + 2,
    );
    if (!MARKER_CHARACTER.test(before) && !MARKER_CHARACTER.test(after)) {
      return true;
    }
  }
  return false;
}
