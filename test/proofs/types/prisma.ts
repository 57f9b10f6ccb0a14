import type { PrismaPg } from '@prisma/adapter-pg';
import type { PrismaClient } from '../prisma/generated/client.js';
import type { Prisma } from '../prisma/generated/client.js';
export declare const entry: '@prisma/client';
export declare const installed: '@prisma/client';
export declare const unproven: { getPrismaClient: 'gives a class whose type has no name; shown by behaviour' };
export declare const exported: {
  PrismaClient: typeof import('../prisma/generated/client.js').PrismaClient;
  PrismaPg: typeof PrismaPg;
};
export declare const clients: { PrismaClient: PrismaClient; Model: Prisma.UserDelegate; PrismaPg: PrismaPg };
