import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { renderInPortal } from '../../dev/renderInPortal';
import { TeamChips } from './TeamChips';

const open = (ownershipEntityRefs: string[]) =>
  renderInPortal(
    <TestApiProvider
      apis={[[identityApiRef, mockApis.identity({ ownershipEntityRefs })]]}
    >
      <TeamChips />
    </TestApiProvider>,
  );

describe('TeamChips', () => {
  it('leads to the person’s own teams', async () => {
    await open(['user:default/lee', 'group:default/team-payments']);
    expect(
      await screen.findByRole('link', { name: 'team-payments' }),
    ).toHaveAttribute('href', '/agent-tasks/teams/default/team-payments');
    expect(screen.getAllByRole('link')).toHaveLength(1);
  });

  it('is not there for who has no team', async () => {
    await open(['user:default/lee']);
    expect(screen.queryByRole('list')).toBeNull();
  });
});
