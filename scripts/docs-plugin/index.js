/**
 * The built plugin as eslint-doc-generator understands it: it finds an ESM plugin only where `exports` is one path, and it
 * takes the last word of a preset for its only one, which with ours is that the rules are off in tests.
 */
import plugin from '../../dist/src/plugin.js';

const configs = Object.entries(plugin.configs).map(([name, [first]]) => [name, first]);

export default { ...plugin, configs: Object.fromEntries(configs) };
