/** How many rows a page may have. */
export const pageSizes = [25, 50, 100] as const;

/** Which page of a list is shown. */
export interface PageAddress {
  limit: number;
  cursor?: string;
}

/** Reads which page an address shows; a size that is none of those is the default one. */
export function readPage(
  search: URLSearchParams,
  defaultSize: number,
): PageAddress {
  const limit = Number(search.get('limit'));
  return {
    limit: pageSizes.find(size => size === limit) ?? defaultSize,
    cursor: search.get('cursor') ?? undefined,
  };
}

/** All values that an address has for a name, each once, without those that are empty. */
export function readValues(search: URLSearchParams, name: string): string[] {
  return [...new Set(search.getAll(name).filter(Boolean))];
}

/**
 * An address with the given values and page, in that order, in the place of what it had for their names. What else stands
 * there is kept.
 */
export function writeAddress(options: {
  before: URLSearchParams | undefined;
  /** By name; a name without a value does not stand in the address. */
  values: Record<string, string | readonly string[] | undefined>;
  page: PageAddress;
  /** The size that need not be said. */
  defaultSize: number;
}): URLSearchParams {
  const { before, values, page, defaultSize } = options;
  const search = new URLSearchParams(before);
  const all = {
    ...values,
    limit: page.limit === defaultSize ? undefined : String(page.limit),
    cursor: page.cursor,
  };
  for (const [name, value] of Object.entries(all)) {
    search.delete(name);
    [value ?? []]
      .flat()
      .filter(Boolean)
      .forEach(one => search.append(name, one));
  }
  return search;
}
