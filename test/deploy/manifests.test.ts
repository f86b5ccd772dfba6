import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { requireTool, root, runTool } from './tools.ts';

const base = 'deploy/kubernetes/base';
const overlay = 'deploy/kubernetes/overlays/shared-address';
const backups = 'deploy/kubernetes/overlays/backup';

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const Pod = z.object({
  automountServiceAccountToken: z.boolean(),
  securityContext: z.object({ runAsNonRoot: z.boolean(), runAsUser: z.int() }),
  containers: z.array(
    z.object({
      image: z.string(),
      command: z.array(z.string()),
      resources: z.object({ requests: z.unknown(), limits: z.object({ memory: z.string() }) }),
      startupProbe: z.object({ tcpSocket: z.unknown() }),
      readinessProbe: z.object({ tcpSocket: z.unknown() }),
      livenessProbe: z.object({ tcpSocket: z.unknown() }),
      securityContext: z.object({
        allowPrivilegeEscalation: z.boolean(),
        readOnlyRootFilesystem: z.boolean(),
        capabilities: z.object({ drop: z.array(z.string()) }),
      }),
    }),
  ),
});
const StatefulSet = z.object({
  spec: z.object({
    template: z.object({ spec: Pod }),
    volumeClaimTemplates: z.array(
      z.object({
        metadata: z.object({ annotations: z.record(z.string(), z.string()) }),
        spec: z.object({ resources: z.object({ requests: z.object({ storage: z.string() }) }) }),
      }),
    ),
  }),
});

/** What a compose file may say here: whatever else it says was not thought of. */
const Compose = z.strictObject({
  name: z.string(),
  services: z.strictObject({
    dolt: z.strictObject({
      image: z.string(),
      entrypoint: z.array(z.string()),
      user: z.string(),
      environment: z.record(z.string(), z.string()),
      ports: z.array(z.string()),
      volumes: z.array(z.string()),
      read_only: z.literal(true),
      tmpfs: z.array(z.string()),
      cap_drop: z.tuple([z.literal('ALL')]),
      security_opt: z.tuple([z.literal('no-new-privileges:true')]),
      mem_limit: z.string(),
      restart: z.string(),
      stop_grace_period: z.string(),
      healthcheck: z.strictObject({
        test: z.array(z.string()),
        interval: z.string(),
        start_period: z.string(),
      }),
    }),
  }),
});

const { spec } = z.parse(StatefulSet, parse(read(`${base}/statefulset.yaml`)));
const compose = z.parse(Compose, parse(read('deploy/compose/compose.yaml'))).services.dolt;

test('the manifests hold to the schemas of Kubernetes, strictly', (context) => {
  const validate = requireTool('kubernetes-validate', context);
  const files = globSync(`${base}/*.yaml`, { cwd: root }).filter(
    (file) => !/\/(?:kustomization|config)\.yaml$/.test(file),
  );
  expect(files).toHaveLength(4);
  runTool(validate, ['--strict', ...files]);
  runTool(validate, ['--strict', `${backups}/cronjob.yaml`, `${backups}/volume.yaml`]);
});

test('what kustomize makes of them holds to the schemas too, and shares its address', (context) => {
  const kubectl = requireTool('kubectl', context);
  const validate = requireTool('kubernetes-validate', context);
  const folder = mkdtempSync(join(tmpdir(), 'docket-kustomize-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  for (const path of [base, overlay, backups]) {
    const made = runTool(kubectl, ['kustomize', path]);
    const file = join(folder, 'made.yaml');
    writeFileSync(file, made);
    runTool(validate, ['--strict', file]);
    expect(made).toMatch(/name: docket-dolt-[a-z0-9]{10}\n/);
    expect(made.includes('metallb.io/allow-shared-ip: shared')).toBe(path === overlay);
    // The server writes its backup itself, so it has the volume beside its data.
    expect(/mountPath: \/var\/backups\/dolt\n/.test(made)).toBe(path === backups);
    expect(made).toContain('mountPath: /var/lib/dolt\n');
  }
});

test('a manifest with a field that Kubernetes does not know would be refused', (context) => {
  const validate = requireTool('kubernetes-validate', context);
  const wrong = read(`${base}/statefulset.yaml`).replace('replicas:', 'replica:');
  const args = ['-c', 'cat >"$1"; ! "$0" --strict "$1"; end=$?; rm "$1"; exit $end', validate];
  runTool('sh', [...args, join(tmpdir(), `docket-wrong-${process.pid}.yaml`)], { input: wrong });
});

test('Dolt runs without rights that it does not need, in bounds, and is looked after', () => {
  const pod = spec.template.spec;
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10001 },
  });
  expect(pod.containers.map(({ securityContext }) => securityContext)).toEqual([
    {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  ]);
  const [claim] = spec.volumeClaimTemplates;
  expect(claim?.spec.resources.requests.storage).toBe('2Gi');
  expect(claim?.metadata.annotations['resize.topolvm.io/storage_limit']).toBe('10Gi');
});

test('one version of Dolt is named everywhere, and it is the one that is tested', () => {
  const image = spec.template.spec.containers[0]?.image;
  const [, tested] = /^dolt_wanted=(\S+)$/m.exec(read('scripts/engines')) ?? [];
  expect(image).toMatch(new RegExp(`^docker.io/dolthub/dolt-sql-server:${tested}\\.\\d+$`));
  expect(compose.image).toBe(image);
  const [, tag] = /image_tag"[^}]*?default += "(.*)"/.exec(read(variables)) ?? [];
  expect(`docker.io/dolthub/dolt-sql-server:${tag}`).toBe(image);
});

const JobPod = z.object({
  automountServiceAccountToken: z.literal(false),
  securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.int() }),
  containers: z.tuple([
    z.object({
      image: z.string(),
      command: z.array(z.string()),
      securityContext: z.object({
        allowPrivilegeEscalation: z.literal(false),
        readOnlyRootFilesystem: z.literal(true),
        capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
      }),
    }),
  ]),
});
const CronJob = z.object({
  spec: z.object({
    schedule: z.string(),
    concurrencyPolicy: z.literal('Forbid'),
    jobTemplate: z.object({ spec: z.object({ template: z.object({ spec: JobPod }) }) }),
  }),
});

test('the nightly backup runs as the tested version, without rights that it does not need', () => {
  const job = z.parse(CronJob, parse(read(`${backups}/cronjob.yaml`)));
  const pod = job.spec.jobTemplate.spec.template.spec;
  expect(pod.containers[0].image).toBe(spec.template.spec.containers[0]?.image);
  expect(pod.securityContext.runAsUser).toBe(spec.template.spec.securityContext.runAsUser);
  expect(pod.containers[0].command.at(-1)).toBe('/etc/docket/backup');
});

test('compose starts the same script with the same configuration', () => {
  expect(compose.entrypoint).toEqual(spec.template.spec.containers[0]?.command);
  const sources = compose.volumes.map((volume) => volume.split(':')[0] ?? '');
  const committed = sources.filter((source) => !/^\.\/(?:data|secrets)\b/.test(source));
  expect(committed).toHaveLength(2);
  for (const source of committed) {
    expect(existsSync(join(root, 'deploy/compose', source)), source).toBe(true);
  }
});

test('no secret is in the repository, and none can be committed by mistake', () => {
  const files = globSync('deploy/**/*.{yaml,tf,hcl}', { cwd: root });
  expect(files.filter((file) => /^kind: Secret$/m.test(read(file)))).toEqual([]);
  const made = ['compose/secrets/root-password', 'compose/data/x', 'kubernetes/secrets/tls.key'];
  for (const path of [...made, 'terraform/terraform.tfstate', 'compose/.env']) {
    runTool('git', ['check-ignore', '--quiet', `deploy/${path}`]);
  }
});

const variables = 'deploy/terraform/modules/manifests/variables.tf';

test('the Terraform module puts in what its variables say, and refuses what is none', (context) => {
  const tofu = requireTool('tofu', context);
  const folder = mkdtempSync(join(tmpdir(), 'docket-tofu-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  runTool(tofu, ['fmt', '-check', '-recursive', 'deploy/terraform']);
  // Its own state stays out of the tree.
  const options = {
    cwd: join(root, 'deploy/terraform/modules/manifests'),
    env: { ...process.env, TF_DATA_DIR: folder, CHECKPOINT_DISABLE: '1' },
  };
  runTool(tofu, ['init', '-input=false', '-no-color'], options);
  expect(runTool(tofu, ['test', '-no-color'], options)).toMatch(/Success! 5 passed, 0 failed/);
});
