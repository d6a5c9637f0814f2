import { RestRequest } from './RestOperation';

/** One page of a list, and the `Link` header that leads to its neighbours. */
export interface Page<T> {
  items: T[];
  headers: Record<string, string>;
}

/** The page that a request asks for. Reads no further than it must. */
export function pageOf<T>(options: {
  request: RestRequest;
  items: Iterable<T>;
  /** Whether `rel="last"` is told; agent tasks only tell it on the last page. */
  withLast?: boolean;
}): Page<T> {
  const { request, items } = options;
  const perPage = Math.min(100, Number(request.query.per_page ?? 30) || 30);
  const page = Math.max(1, Number(request.query.page ?? 1) || 1);
  const start = (page - 1) * perPage;
  const found: T[] = [];
  let index = 0;
  let more = false;
  for (const item of items) {
    if (index >= start + perPage) {
      more = true;
      break;
    }
    if (index >= start) {
      found.push(item);
    }
    index++;
  }
  const links: string[] = [];
  const link = (rel: string, target: number) => {
    const search = new URLSearchParams(request.search);
    search.set('page', String(target));
    links.push(`<${request.url}?${search}>; rel="${rel}"`);
  };
  if (page > 1) {
    link('prev', page - 1);
  }
  if (more) {
    link('next', page + 1);
    if (options.withLast !== false && Array.isArray(items)) {
      link('last', Math.ceil(items.length / perPage));
    }
  } else if (page > 1) {
    link('last', page);
  }
  if (page > 1 || options.withLast === false) {
    link('first', 1);
  }
  return {
    items: found,
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}
