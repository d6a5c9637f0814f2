import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ChartFigure } from './ChartFigure';
import { SampleTable } from './SampleTable';

const label = 'Open tasks';
const at = new Date(2026, 2, 14, 9, 30).getTime();
const table = (
  <SampleTable
    label={label}
    columns={[
      { key: 'planned', title: 'Planned' },
      { key: 'actual', title: 'Actual' },
    ]}
    rows={[{ at, values: [7, undefined] }]}
    now={at}
  />
);

describe('ChartFigure', () => {
  afterEach(() => jest.restoreAllMocks());

  it('has a table of the same, which takes the place of the drawing', async () => {
    await renderInTestApp(
      <ChartFigure
        label={label}
        plot={<p>the drawing</p>}
        legend={<li>the legend</li>}
        table={table}
      />,
    );
    expect(screen.getByRole('figure', { name: label })).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /9:30.*7 –/ })).toBeInTheDocument();
    expect(screen.getByText('the drawing')).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Show as a table' }),
    );
    expect(screen.queryByText('the drawing')).not.toBeInTheDocument();
    expect(screen.queryByText('the legend')).not.toBeInTheDocument();
    expect(screen.getByRole('table', { name: label })).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Show as a chart' }),
    );
    expect(screen.getByText('the drawing')).toBeInTheDocument();
  });

  it('keeps the table where the drawing cannot be loaded', async () => {
    const BrokenPlot = () => {
      throw new Error('no such file');
    };
    jest.spyOn(console, 'error').mockImplementation(() => {});
    await renderInTestApp(
      <ChartFigure
        label={label}
        plot={<BrokenPlot />}
        legend={undefined}
        table={table}
      />,
    );
    expect(
      screen.getByText(/The chart could not be loaded/),
    ).toBeInTheDocument();
    expect(screen.getByRole('table', { name: label })).toBeInTheDocument();
  });
});
