import * as z from 'zod/mini';
import { blockedMarketplace, knownMarketplace } from './marketplace-schema.ts';
import { sandbox } from './sandbox-schema.ts';
import { each, flag, text, texts, whole } from './value-schemas.ts';

// Claude Code ignores a whole file for one value of a wrong type, mostly. What is here was tried with
// its versions 2.1.328 and 2.1.332, key by key; keys that are not here may hold anything, as may
// keys that no version knows. A newer version can differ, so `claude doctor` is asked where there is
// one.

const texted = each(
  text,
  `$schema advisorModel agent apiKeyHelper attributionProject autoMemoryDirectory awsAuthRefresh
  awsCredentialExport claudeMd downloadsMirrorUrl gcpAuthRefresh language minimumVersion model
  modelCatalogPublicKey modelCatalogUrl otelHeadersHelper outputStyle plansDirectory
  pluginTrustMessage prUrlTemplate processWrapper proxyAuthHelper requiredMaximumVersion
  requiredMinimumVersion timeFormat timeZone`,
);

const flagged = each(
  flag,
  `agentPushNotifEnabled axScreenReader allowAllClaudeAiMcps allowClaudeInChromeWithManagedMcp
  allowNestedModelAccessUnderForceLogin alwaysThinkingEnabled autoCompactEnabled autoDreamEnabled
  autoMemoryEnabled autoScrollEnabled awaySummaryEnabled bashEditDiffEnabled
  clawdFileProgressEnabled disableAllHooks disableReplyCheck doneMeansMerged
  emojiCompletionEnabled fastMode forceRemoteSettingsRefresh idleCompaction includeCoAuthoredBy
  includeGitInstructions inputNeededNotifEnabled precomputeCompactionEnabled prefersReducedMotion
  promptSuggestionEnabled respectGitignore respondToBashCommands showClearContextOnPlanAccept
  showMessageTimestamps showThinkingSummaries showTurnDuration spinnerTipsEnabled
  switchModelsOnFlag syntaxHighlightingDisabled terminalProgressBarEnabled terminalTitleFromRename
  todoFeatureEnabled totalTokensReminderAfterUserTurn verbose voiceEnabled wheelScrollAccelerationEnabled
  workflowKeywordTriggerEnabled wslInheritsWindowsSettings`,
);

const flaggedOrNull = each(
  z.nullable(flag),
  `allowManagedHooksOnly allowManagedMcpServersOnly allowManagedPermissionRulesOnly
  autoContinueAtUsageLimit autoUploadSessions channelsEnabled disableAgentView disableArtifact
  disableBundledSkills disableClaudeAiConnectors disableCommandPluginSources
  disableDirectMcpSkills disableRemoteControl disableSideloadFlags disableSkillShellExecution
  disableWindowsBashCommandSplit disableWorkflows enableAllProjectMcpServers enableArtifact
  enableWorkflows enforceAvailableModels fastModePerSessionOptIn fileCheckpointingEnabled
  isolatePeerMachines remoteControlAtStartup responseComparisonEnabled skipAutoPermissionPrompt
  skipDangerousModePermissionPrompt skipWebFetchPreflight skipWorkflowUsageWarning
  syncClaudeAiPlugins syncClaudeAiSkills useAutoModeDuringPlan`,
);

const listed = each(
  texts,
  `allowedHttpHookUrls availableModels claudeMdExcludes companyAnnouncements
  disabledMcpjsonServers enabledMcpjsonServers fallbackModel httpHookAllowedEnvVars
  pluginSuggestionMarketplaces`,
);

const time = text.check(z.regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00'));

/** Settings that hold others; what these hold may be left out. */
const objects = {
  autoMode: z.optional(
    z.looseObject({
      ...each(texts, 'allow soft_deny hard_deny environment'),
      ...each(flag, 'classifyAllShell'),
    }),
  ),
  breakReminder: z.optional(
    z.looseObject({
      ...each(flag, 'enabled'),
      ...each(whole, 'intervalMinutes breakThresholdMinutes'),
      ...each(text, 'message'),
    }),
  ),
  env: z.optional(z.looseObject({})),
  quietHours: z.optional(z.looseObject({ ...each(flag, 'enabled'), ...each(time, 'start end') })),
  remote: z.optional(z.looseObject(each(text, 'defaultEnvironmentId'))),
  remoteTools: z.optional(z.looseObject(each(flag, 'allowUnattendedServing'))),
  voice: z.optional(
    z.looseObject({
      ...each(flag, 'enabled autoSubmit'),
      ...each(z.enum(['hold', 'tap']), 'mode'),
    }),
  ),
  worktree: z.optional(
    z.looseObject({
      ...each(texts, 'symlinkDirectories sparsePaths'),
      ...each(z.enum(['fresh', 'head']), 'baseRef'),
    }),
  ),
};

const command = { type: z.literal('command'), command: text };

const permissions = z.looseObject({
  ...each(z.array(z.unknown()), 'allow ask deny'),
  ...each(texts, 'additionalDirectories'),
  ...each(z.literal('disable'), 'disableAutoMode disableBypassPermissionsMode'),
  ...each(
    flag,
    `blockFileToolReadsOutsideWorkingDirectories blockReadsOutsideWorkingDirectories
    blockWritesOutsideWorkingDirectories denyInsteadOfPrompting`,
  ),
  defaultMode: z.optional(
    z.enum(['acceptEdits', 'auto', 'bypassPermissions', 'default', 'dontAsk', 'plan']),
  ),
});

const sshConfig = z.looseObject({
  ...{ id: text, name: text, sshHost: text },
  ...each(z.number().check(z.int()), 'sshPort'),
  ...each(text, 'sshIdentityFile startDirectory'),
});

const lists = {
  ...each(z.array(z.looseObject({ marketplace: text, plugin: text })), 'allowedChannelPlugins'),
  ...each(z.array(sshConfig), 'sshConfigs'),
  ...each(z.nullable(z.array(blockedMarketplace)), 'blockedMarketplaces'),
  ...each(z.nullable(z.array(knownMarketplace)), 'allowedMarketplaces strictKnownMarketplaces'),
};

const options = z.record(
  text,
  z.union([text, z.number(), flag, texts], 'must be a text, a number, a boolean or texts'),
);

const pluginConfig = z.looseObject({
  mcpServers: z.optional(z.record(text, options)),
  options: z.optional(options),
});

const rate = z.number().check(z.minimum(0), z.maximum(1));

/** Settings that take one of some words. */
const chosen = {
  ...each(z.enum(['latest', 'stable', 'rc']), 'autoUpdatesChannel'),
  ...each(z.enum(['transient', 'ask']), 'daemonColdStart'),
  ...each(z.enum(['bash', 'powershell']), 'defaultShell'),
  ...each(z.enum(['chat', 'transcript']), 'defaultView'),
  ...each(z.nullable(z.literal('disable')), 'disableAutoMode disableDeepLinkRegistration'),
  ...each(z.nullable(z.enum(['notify', 'quiet', 'off'])), 'feedbackDrafts'),
  ...each(z.enum(['first-wins', 'merge']), 'managedSourcesBehavior parentSettingsBehavior'),
  ...each(
    z.enum(['off', 'infinite', 'fixed', 'countdown', 'padded-countdown']),
    'totalTokensReminder',
  ),
  ...each(z.enum(['default', 'fullscreen']), 'tui'),
  ...each(z.enum(['unrestricted', 'small', 'medium', 'large']), 'workflowSizeGuideline'),
};

/** What a settings file must be for Claude Code to read it; its hooks are `readHooks`' matter. */
export const ClaudeSettingsFile = z.looseObject({
  ...texted,
  ...flagged,
  ...flaggedOrNull,
  ...listed,
  ...objects,
  ...lists,
  ...chosen,
  attribution: z.optional(
    z.union(
      [flag, z.looseObject({ ...each(text, 'commit pr'), ...each(flag, 'sessionUrl') })],
      'must be a boolean, or texts by name',
    ),
  ),
  cleanupPeriodDays: z.optional(whole),
  desktopSessionCleanupPeriodDays: z.optional(z.number().check(z.int(), z.minimum(0))),
  enabledPlugins: z.optional(
    z.record(text, z.union([flag, texts], 'must be a boolean or a list of texts')),
  ),
  feedbackSurveyRate: z.optional(rate),
  fileSuggestion: z.optional(z.looseObject(command)),
  forceLoginOrgUUID: z.optional(z.union([text, texts], 'must be a text or a list of texts')),
  modelOverrides: z.optional(z.record(text, text)),
  permissions: z.optional(permissions),
  pluginConfigs: z.optional(z.record(text, pluginConfig)),
  sandbox: z.optional(sandbox),
  skillListingBudgetFraction: z.optional(rate.check(z.positive())),
  skillListingMaxDescChars: z.optional(whole),
  skillOverrides: z.optional(
    z.record(text, z.enum(['on', 'name-only', 'user-invocable-only', 'off'])),
  ),
  spinnerVerbs: z.optional(z.looseObject({ mode: z.enum(['append', 'replace']), verbs: texts })),
  statusLine: z.optional(
    z.looseObject({
      ...command,
      ...each(z.number(), 'padding'),
      ...each(flag, 'hideVimModeIndicator'),
    }),
  ),
  totalTokensReminderBudget: z.optional(whole),
});
