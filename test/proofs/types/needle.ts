import type needle from 'needle';
export declare const installed: 'needle';
export declare const exported: { default: typeof needle };
export declare const clients: { needle: typeof needle };
