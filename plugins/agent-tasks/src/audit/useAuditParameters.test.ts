import {
  formatAuditParameters,
  isNarrowed,
  parseAuditParameters,
  toAuditQuery,
} from './useAuditParameters';

const parse = (search: string) =>
  parseAuditParameters(new URLSearchParams(search));

describe('the parameters of the audit', () => {
  it('come back from an address as they were written', () => {
    const search =
      'area=brake&area=limits&actor=user%3Adefault%2Fada&subject=camp_1&from=2026-11-01&to=2026-11-02&limit=100&cursor=77';
    const parameters = parse(search);
    expect(formatAuditParameters(parameters).toString()).toBe(search);
    expect(isNarrowed(parameters.filters)).toBe(true);
  });

  it('leave out what makes no sense', () => {
    const parameters = parse(
      'area=nonsense&actor=&subject=drop+table&from=yesterday&to=2026-13-45&limit=7',
    );
    expect(formatAuditParameters(parameters).toString()).toBe('');
    expect(isNarrowed(parameters.filters)).toBe(false);
    expect(toAuditQuery(parameters)).toEqual({ limit: 50 });
  });

  it('ask for whole days of the clock of the reader', () => {
    expect(toAuditQuery(parse('from=2026-11-01&to=2026-11-30'))).toEqual({
      from: new Date(2026, 10, 1).toISOString(),
      to: new Date(2026, 11, 1).toISOString(),
      limit: 50,
    });
  });

  it('ask for a task or a campaign, whichever it is', () => {
    expect(toAuditQuery(parse('subject=task_1'))).toEqual({
      task: 'task_1',
      limit: 50,
    });
    expect(toAuditQuery(parse('subject=camp_1&area=task'))).toEqual({
      campaign: 'camp_1',
      type: ['task'],
      limit: 50,
    });
  });

  it('keep what else stands in the address', () => {
    expect(
      formatAuditParameters(
        parse('area=brake'),
        new URLSearchParams('theme=dark&area=task&cursor=5'),
      ).toString(),
    ).toBe('theme=dark&area=brake');
  });
});
