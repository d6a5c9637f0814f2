import type { Hold } from '@agent-tasks/plugin-agent-tasks-common';
import { screen, within } from '@testing-library/react';
import { renderInPortal } from '../../dev/renderInPortal';
import { HoldNote } from './HoldNote';

const inMinutes = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000).toISOString();

const hold: Hold = {
  limit: 'team-changes',
  message: 'Payments has 8 of 8 changes open.',
  used: 8,
  max: 8,
  position: 3,
  limits: [
    {
      limit: 'team-changes',
      subject: 'group:default/team-payments',
      used: 8,
      max: 8,
      message: 'A change of Payments has to be merged or closed.',
      holders: [
        {
          taskId: 'task_7',
          team: 'group:default/team-payments',
          repository: 'github.example.com/acme/payments-api',
        },
      ],
    },
    {
      limit: 'portal-running',
      used: 5,
      max: 5,
      message: 'A running task has to end.',
    },
    {
      limit: 'portal-checks',
      max: 20,
      message: 'Checks have to end.',
    },
  ],
  expectedStart: {
    at: inMinutes(40),
    earliest: inMinutes(25),
    latest: inMinutes(90),
    assumption: 'Changes are reviewed as fast as in the last 30 days.',
    basis: {
      runsMeasured: 12,
      medianRunSeconds: 480,
      medianReviewSeconds: 7_200,
      slots: 8,
    },
  },
};

describe('HoldNote', () => {
  it('shows every limit that holds a task, with how full it is and who has its slots', async () => {
    await renderInPortal(<HoldNote hold={hold} />);
    const list = screen.getByRole('list', { name: /it starts when none/ });
    const limits = [...list.children].map(item => item.textContent);
    expect(limits).toEqual([
      'A change of Payments has to be merged or closed.8 of 8, fullacme/payments-api · team-payments',
      'A running task has to end.5 of 5, full',
      'Checks have to end.not known, of 20',
    ]);
    const holders = within(list).getByRole('list', {
      name: 'Who holds the slots of: A change of Payments has to be merged or closed.',
    });
    expect(
      within(holders).getByRole('link', { name: 'acme/payments-api' }),
    ).toHaveAttribute('href', '/agent-tasks/tasks/task_7');
    expect(screen.getByText(/^Place 3 among/)).toBeInTheDocument();
  });

  it('says when it is expected to start, how sure that is, and what was assumed', async () => {
    await renderInPortal(<HoldNote hold={hold} />);
    const start = screen.getByRole('region', { name: 'Expected start' });
    expect(start).toHaveTextContent(/about .* \(in (39|40) min\.\)/);
    expect(start).toHaveTextContent(/between .*\d\d:\d\d and .*\d\d:\d\d/);
    expect(start).toHaveTextContent(
      'Changes are reviewed as fast as in the last 30 days. Reckoned from 12 measured runs. They usually take 8 min. A review usually takes 2 h.',
    );
  });

  it('says when nothing is known to reckon from', async () => {
    await renderInPortal(
      <HoldNote
        hold={{
          ...hold,
          expectedStart: {
            assumption: 'Nobody has reviewed a change of Payments yet.',
            basis: { runsMeasured: 0, slots: 8 },
          },
        }}
      />,
    );
    expect(
      screen.getByRole('region', { name: 'Expected start' }),
    ).toHaveTextContent(
      /not known yet.*Nobody has reviewed a change of Payments yet\./,
    );
  });
});
