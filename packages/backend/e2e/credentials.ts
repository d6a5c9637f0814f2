import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { DemoCredentials } from './demoOrganization';

/** Credentials of this run alone. Of each kind all but the usual prefix is random, so that any part of it is known. */
export function createCredentials(): DemoCredentials {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    starterToken: `github_pat_${randomBytes(36).toString('hex')}`,
    privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    webhookSecret: randomBytes(24).toString('hex'),
  };
}
