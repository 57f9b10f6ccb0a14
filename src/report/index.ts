/** The inventory of downstreams, and its renderings. */
import { renderHtml } from './html.js';
import type { Inventory } from './inventory.js';
import { renderMarkdown } from './markdown.js';

export { createInventory } from './create.js';
export type { FindingFacts, Fix, Inventory } from './inventory.js';
export { isInventory, mergeInventories } from './merge.js';
export { excerpt } from './places.js';
export { writeRunbooks } from './runbooks.js';

const renderings = {
  html: renderHtml,
  markdown: renderMarkdown,
  json: (inventory: Inventory): string => `${JSON.stringify(inventory, null, 2)}\n`,
} satisfies Record<string, (inventory: Inventory) => string>;

/** The name of a rendering. */
export type InventoryFormat = keyof typeof renderings;
export const inventoryFormats = Object.keys(renderings) as InventoryFormat[];

/** An inventory as text, with a line break at its end. Nothing from scanned code takes effect where it is shown. */
export function renderInventory(inventory: Inventory, format: InventoryFormat): string {
  return renderings[format](inventory);
}
