import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { CampaignAccess } from './CampaignAccess';

async function refusal(status: number, message: string): Promise<Error> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'InputError', message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

describe('CampaignAccess', () => {
  it('says why something was refused, in the words of the backend', async () => {
    const error = await refusal(400, 'Nothing would be launched.');
    const refuse = async () => {
      throw error;
    };
    const access = CampaignAccess.create({
      api: { plan: refuse, launch: refuse, getCampaign: refuse },
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      appBaseUrl: 'https://portal.example.com',
    });
    const credentials = mockCredentials.user();
    const request = { template: 'bump', parameters: {} };
    for (const answer of [
      access.plan(credentials, request),
      access.launch(credentials, request, 'some-key'),
      access.getCampaign(credentials, 'camp_1'),
    ]) {
      await expect(answer).rejects.toMatchObject({
        message: expect.stringContaining('Nothing would be launched.'),
        statusCode: 400,
      });
    }
  });
});
