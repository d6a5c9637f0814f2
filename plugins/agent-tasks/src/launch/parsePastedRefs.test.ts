import { parsePastedRefs } from './parsePastedRefs';

describe('parsePastedRefs', () => {
  it('reads refs in every form, each once', () => {
    const { refs, problems } = parsePastedRefs(
      [
        'payments-api',
        '',
        '# of the shop',
        'shop/cart',
        'Component:default/Search',
        ' - "ledger", ',
        'component:default/payments-api',
      ].join('\r\n'),
    );
    expect(problems).toEqual([]);
    expect(refs.map(({ line, entityRef }) => [line, entityRef])).toEqual([
      [1, 'component:default/payments-api'],
      [4, 'component:shop/cart'],
      [5, 'component:default/search'],
      [6, 'component:default/ledger'],
    ]);
  });

  it('says of each other line why it names no component', () => {
    expect(
      parsePastedRefs('payments api\nsystem:default/shop\na/b/c\n<script>\nok')
        .problems,
    ).toEqual([
      { line: 1, text: 'payments api', reason: 'form' },
      { line: 2, text: 'system:default/shop', reason: 'kind' },
      { line: 3, text: 'a/b/c', reason: 'form' },
      { line: 4, text: '<script>', reason: 'form' },
    ]);
  });
});
