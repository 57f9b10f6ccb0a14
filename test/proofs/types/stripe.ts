import type Stripe from 'stripe';
export * as lib from 'stripe';
export declare const clients: { Stripe: Stripe; Resource: Stripe['customers'] };
