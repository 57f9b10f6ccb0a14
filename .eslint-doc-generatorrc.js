import path from 'node:path';
import prettier from 'prettier';

/** @type {import('eslint-doc-generator').GenerateOptions} */
const config = {
  pathRuleDoc: '../../docs/rules/{name}.md',
  pathRuleList: '../../README.md',
  ruleDocTitleFormat: 'prefix-name',
  ruleDocNotices: ['description', 'configs', 'fixableAndHasSuggestions', 'deprecated'],
  ruleListColumns: ['name', 'description', 'configsError', 'fixable', 'hasSuggestions', 'deprecated'],
  configEmoji: [
    ['recommended', '✅'],
    ['strict', '🔒'],
  ],
  postprocess: async (content, file) =>
    prettier.format(content, { ...(await prettier.resolveConfig(file)), filepath: path.resolve(file) }),
};

export default config;
