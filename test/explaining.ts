import {
  QueryNode,
  SelectQueryNode,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
} from 'kysely'

/** Has PostgreSQL explain each query in place of answering it, and keeps what it says. */
export class Explaining implements KyselyPlugin {
  plan = ''

  transformQuery({ node }: PluginTransformQueryArgs) {
    return SelectQueryNode.is(node)
      ? (QueryNode.cloneWithExplain(node, 'text', undefined) as typeof node)
      : node
  }

  async transformResult({ result }: PluginTransformResultArgs) {
    this.plan = result.rows.map((row) => String(row['QUERY PLAN'])).join('\n')
    return { ...result, rows: [] }
  }
}
