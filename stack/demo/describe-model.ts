/** Who makes the plan, as the worker's own environment says it. */
export function describeModel(env: Readonly<Record<string, string | undefined>>): string {
  const provider = env['LLM_PROVIDER'] || 'offline'
  if (provider === 'offline') return 'planning by rules: no LLM_PROVIDER is set'
  const models = ['LLM_MODEL', 'LLM_MODEL_DISTILL', 'LLM_MODEL_DRAFT', 'LLM_MODEL_JUDGE'].map(
    (name) => env[name],
  )
  const named = [...new Set(models.filter((model) => model !== undefined && model !== ''))]
  return `planning with ${provider}: ${named.join(', ')}`
}
