import * as z from 'zod/mini';
import { each, flag, text, texts } from './value-schemas.ts';

const serviceNames = z.array(
  text.check(z.regex(/^[^*]*\*?$/, 'must have no * but one at its end')),
);

const network = z.looseObject({
  ...each(texts, 'allowedDomains deniedDomains allowUnixSockets'),
  ...each(flag, 'strictAllowlist allowManagedDomainsOnly allowAllUnixSockets allowLocalBinding'),
  ...each(serviceNames, 'allowMachLookup'),
  ...each(z.number(), 'httpProxyPort socksProxyPort'),
  tlsTerminate: z.optional(z.looseObject(each(text.check(z.minLength(1)), 'caCertPath caKeyPath'))),
});

const filesystem = z.looseObject({
  ...each(texts, 'allowWrite denyWrite denyRead allowRead'),
  ...each(flag, 'allowManagedReadPathsOnly disabled'),
});

const variable = text.check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is no name of a variable'));

/** How a secret is masked; Claude Code overlooks bad values of these where it is denied. */
const masking = {
  mode: z.literal('mask'),
  ...each(text, 'extract'),
  ...each(z.enum(['warn', 'deny', 'error']), 'onExtractNoMatch'),
  ...each(z.literal('jwt'), 'decode'),
  ...each(texts, 'maskClaims injectHosts'),
};

function secrets(place: Readonly<Record<string, z.ZodMiniType>>) {
  return z.array(
    z.discriminatedUnion(
      'mode',
      [
        z.looseObject({ ...place, mode: z.literal('deny') }),
        z.looseObject({ ...place, ...masking }),
      ],
      'must be one of deny, mask',
    ),
  );
}

const credentials = z.looseObject({
  files: z.optional(secrets({ path: text.check(z.minLength(1)) })),
  envVars: z.optional(secrets({ name: variable })),
  ...each(flag, 'allowPlaintextInject'),
  awsPairs: z.optional(
    z.array(
      z.looseObject({
        accessKeyIdVar: variable,
        secretAccessKeyVar: variable,
        ...each(variable, 'sessionTokenVar'),
      }),
    ),
  ),
  sigv4: z.optional(
    z.looseObject(each(z.enum(['deny', 'passthrough']), 'streaming presigned sigv4a')),
  ),
});

/** What `sandbox` must be for Claude Code to read a settings file (tried with 2.1.332). */
export const sandbox = z.looseObject({
  ...each(
    flag,
    `enabled failIfUnavailable autoAllowBashIfSandboxed allowUnsandboxedCommands
    enableWeakerNestedSandbox allowNestedUserNamespaces enableWeakerNetworkIsolation
    allowAppleEvents`,
  ),
  ...each(texts, 'excludedCommands'),
  network: z.optional(network),
  filesystem: z.optional(filesystem),
  credentials: z.optional(credentials),
  windows: z.optional(z.looseObject(each(z.enum(['sandboxuser', 'mxc']), 'backend'))),
  ignoreViolations: z.optional(z.record(text, texts)),
  ripgrep: z.optional(z.looseObject({ command: text, ...each(texts, 'args') })),
});
